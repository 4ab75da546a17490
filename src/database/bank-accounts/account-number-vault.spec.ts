import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { AccountNumberVault, type SealContext } from './account-number-vault.js';

const old = { id: 'k1', secret: randomBytes(32) };
const current = { id: 'k2', secret: randomBytes(32) };
const indexKey = randomBytes(32);
const vault = new AccountNumberVault([current, old], indexKey);
const context: SealContext = { bankAccountId: 'bac_1', ownerId: 'mer_1', holder: '李华', country: 'CN', bic: null };

test('a sealed number opens to itself, and does not show', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9]{4,34}$/), (number) => {
      const sealed = vault.seal(number, context);
      expect(sealed.keyId).toBe('k2');
      expect(Buffer.from(sealed.sealed, 'base64').includes(number)).toBe(false);
      expect(vault.open(sealed, context)).toBe(number);
    }),
  );
});

test('a number sealed before the keys were rotated still opens', () => {
  const sealed = new AccountNumberVault([old], indexKey).seal('6222021234567890', context);
  expect(vault.open(sealed, context)).toBe('6222021234567890');
  expect(() => new AccountNumberVault([current], indexKey).open(sealed, context)).toThrow('data key k1');
});

test('any changed byte is noticed', () => {
  const { keyId, sealed } = vault.seal('6222021234567890', context);
  const bytes = Buffer.from(sealed, 'base64');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => vault.open({ keyId, sealed: changed.toString('base64') }, context)).toThrow('was changed');
  }
  for (const short of ['', 'AAAA']) expect(() => vault.open({ keyId, sealed: short }, context)).toThrow('was changed');
});

test('a number does not open for another owner, holder, country, bank or row, and the error does not tell it', () => {
  const sealed = vault.seal('6222021234567890', context);
  const others: Partial<SealContext>[] = [
    { ownerId: 'mer_2' },
    { bankAccountId: 'bac_2' },
    { holder: '王' },
    { country: 'HK' },
    { bic: 'ICBKCNBJ' },
  ];
  for (const other of others) {
    expect(() => vault.open(sealed, { ...context, ...other })).toThrow(/^bank account bac_[12]: the stored number/);
  }
});

test('equal numbers have equal hashes, which depend on the key', () => {
  expect(vault.hash('6222021234567890')).toBe(vault.hash('6222021234567890'));
  expect(vault.hash('6222021234567890')).not.toBe(vault.hash('6222021234567891'));
  expect(vault.hash('6222')).not.toBe(new AccountNumberVault([current], randomBytes(32)).hash('6222'));
});
