import { debtorHash } from './platform-account.service.js';
import type { PlatformAccountEntity } from './platform-account.entity.js';

const ACCOUNT = {
  currency: 'CNY',
  holder: 'Yinke',
  keyId: 'k1',
  sealedNumber: 'sealed',
  numberHash: 'h1',
  lastFour: '0123',
  bic: 'ICBKCNBJ',
  country: 'CN',
  town: 'Beijing',
  bankFile: '{"agentWithoutBic":"not-provided"}',
  changedAt: new Date(0),
} satisfies PlatformAccountEntity;
const hash = (over: Partial<PlatformAccountEntity>) => debtorHash({ ...ACCOUNT, ...over });

describe('what an approval binds of the operator’s account', () => {
  it.each([
    ['currency', { currency: 'EUR' }],
    ['holder', { holder: 'Yinke Two' }],
    ['number', { numberHash: 'h2' }],
    ['bank', { bic: 'ABOCCNBJ' }],
    ['country', { country: 'DE' }],
    ['town', { town: 'Shanghai' }],
    ['setting of its files', { bankFile: '{"agentWithoutBic":"left-out"}' }],
    ['lack of such settings', { bankFile: null }],
  ])('is another one with another %s', (_, over) => {
    expect(hash(over)).not.toBe(hash({}));
  });

  it('stays the same when the number is sealed with another key', () => {
    expect(hash({ keyId: 'k2', sealedNumber: 'sealed anew', changedAt: new Date(1) })).toBe(hash({}));
  });
});
