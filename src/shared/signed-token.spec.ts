import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createSigner } from 'fast-jwt';
import { newId } from './ids.js';
import { pack, unpack } from './packed-claims.js';
import { TokenSigner } from './signed-token.js';

const now = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-01-02T00:00:00Z');
const old = { id: 'k1', secret: randomBytes(32) };
const fresh = { id: 'k2', secret: randomBytes(32) };

describe('a signed token', () => {
  it('says what it was issued to say, until it expires', () => {
    const signer = new TokenSigner<{ who: string }>('visit', [old]);
    const token = signer.issue({ who: 'mer_a' }, later);
    expect(signer.read(token, now)).toMatchObject({ who: 'mer_a' });
    expect(() => signer.read(token, later)).toThrow('token.expired');
  });

  it('outlives a change of keys, and dies with its own', () => {
    const token = new TokenSigner<{ who: string }>('visit', [old]).issue({ who: 'mer_a' }, later);
    expect(new TokenSigner<{ who: string }>('visit', [fresh, old]).read(token, now).who).toBe('mer_a');
    expect(() => new TokenSigner('visit', [fresh]).read(token, now)).toThrow('token.invalid');
  });

  it('is not taken for a token of another kind', () => {
    const token = new TokenSigner<{ who: string }>('visit', [old]).issue({ who: 'mer_a' }, later);
    expect(() => new TokenSigner('quote', [old]).read(token, now)).toThrow('token.invalid');
  });

  it('is refused when a single letter of it was changed, and so is anything else', () => {
    const signer = new TokenSigner<{ who: string }>('visit', [old]);
    const token = signer.issue({ who: 'mer_a' }, later);
    fc.assert(
      fc.property(fc.nat(token.length - 2), fc.constantFrom('A', 'z', '.', '0'), (at, letter) => {
        fc.pre(token[at] !== letter);
        expect(() => signer.read(token.slice(0, at) + letter + token.slice(at + 1), now)).toThrow('token.invalid');
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => expect(() => signer.read(text, now)).toThrow('token.invalid')));
    const none = `${Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url')}.${token.split('.')[1]}.`;
    expect(() => signer.read(none, now)).toThrow('token.invalid');
  });

  it('is refused when any bit of it was changed, and in any other writing of the same bytes', () => {
    const signer = new TokenSigner<{ who: string }>('visit', [fresh, old]);
    const token = signer.issue({ who: 'mer_a' }, later);
    const bytes = Buffer.from(token, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => signer.read(changed.toString('base64url'), now)).toThrow('token.invalid');
    }
    for (const other of [`${token}=`, ` ${token}`, `${token}\n`, token.slice(0, -1), ''])
      expect(() => signer.read(other, now)).toThrow('token.invalid');
  });

  it('holds to the second', () => {
    const signer = new TokenSigner<{ who: string }>('visit', [old]);
    const token = signer.issue({ who: 'mer_a' }, later);
    expect(signer.read(token, new Date(later.getTime() - 1)).exp).toBe(later.getTime() / 1000);
    expect(() => signer.read(token, later)).toThrow('token.expired');
  });

  it('of before they were packed is good until it ends', () => {
    const exp = later.getTime() / 1000;
    const jws = (aud: string) =>
      createSigner({ key: old.secret, kid: old.id, algorithm: 'HS256', noTimestamp: true, aud })({ who: 'mer_a', exp });
    const signer = new TokenSigner<{ who: string }>('visit', [fresh, old]);
    expect(signer.read(jws('visit'), now)).toMatchObject({ who: 'mer_a', exp });
    expect(() => signer.read(jws('visit'), later)).toThrow('token.expired');
    expect(() => signer.read(jws('quote'), now)).toThrow('token.invalid');
  });
});

describe('packed claims', () => {
  const id = fc
    .tuple(fc.constantFrom('vis', 'quo', 'mer', 'sto', 'app', 'ord'), fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }))
    .map(([prefix, bits]) => {
      let text = '';
      for (let rest = bits; text.length < 26; rest >>= 5n)
        text = '0123456789abcdefghjkmnpqrstvwxyz'[Number(rest & 31n)]! + text;
      return `${prefix}_${text}`;
    });
  const moment = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    id,
    moment,
    fc.constantFrom(
      'known',
      '007',
      '18446744073709551615',
      'ab'.repeat(32),
      'A'.repeat(22),
      'of 2 days; ',
      '__proto__',
    ),
  );
  const piece = fc.oneof(
    text,
    fc.array(text, { maxLength: 5 }).map((parts) => parts.join('')),
  );
  const { claims } = fc.letrec((tie) => ({
    claims: fc.dictionary(piece, tie('value'), { maxKeys: 20, noNullPrototype: true }),
    value: fc.oneof(
      { maxDepth: 3 },
      piece,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 20 }),
      tie('claims'),
    ),
  }));

  it('come back as they went in, whatever they say', () => {
    fc.assert(
      fc.property(claims, (said) => expect(unpack(pack(said as object))).toEqual(said)),
      { numRuns: 500 },
    );
  });
});

describe('the length of a token', () => {
  const at = '2026-01-01T08:30:15.123Z';
  const visitId = newId('visit');
  const merchantId = newId('merchant');
  const signer = new TokenSigner<object>('any', [{ id: 'a-long-key-id-16', secret: randomBytes(32) }]);

  it('of a visit with a merchant, an answer and a marked shopper is under 200 characters', () => {
    for (const touched of [visitId, newId('visit')]) {
      const claims = {
        id: visitId,
        storefrontId: newId('storefront'),
        codeStatus: 'known',
        touches: [{ merchantId, via: 'referrer', visitId: touched, at }],
        previous: 'refused',
        shopper: randomBytes(16).toString('base64url'),
        answer: { brought: true, settled: true, at },
      };
      expect(signer.issue(claims, later).length).toBeLessThan(200);
    }
  });

  it('of an attributed quote is under 300 characters, however many lines it has', () => {
    const claims = {
      id: newId('quote'),
      storefrontId: newId('storefront'),
      visitId: newId('visit'),
      attribution: {
        merchantId,
        via: 'code',
        visitId,
        attributedAt: at,
        reason: `The shopper came with the merchant’s code at ${at} (visit ${visitId}), inside the window of 30 days; of 5 such visits the first one counts here. An earlier visit token was ignored: it is not one of this storefront.`,
        decision: { touch: 'first', windowDays: 30, touches: 5 },
        ownPurchase: true,
      },
      currency: 'JPY',
      linesHash: randomBytes(32).toString('hex'),
      total: '999999999999999999',
    };
    expect(signer.issue(claims, later).length).toBeLessThan(300);
  });
});
