import { Secret } from 'otpauth';
import { newTotpSecret, totpStepOf, totpUri } from './totp.js';

/** The key of RFC 6238, appendix B. Its codes have 8 digits there; ours are the last 6 of them. */
const secret = Secret.fromUTF8('12345678901234567890').base32;

describe('a second factor', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('gives the codes of RFC 6238 at second %d', (second, code) => {
    expect(totpStepOf(secret, code, new Date(second * 1000), null)).toBe(Math.floor(second / 30));
  });

  it('takes a clock that is half a minute off, and no more', () => {
    const at = (second: number) => totpStepOf(secret, '287082', new Date(second * 1000), null);
    expect([at(89), at(29), at(120), at(0)]).toEqual([1, 1, null, 1]);
  });

  it('takes no code twice, and none that is older than the last', () => {
    const now = new Date(59_000);
    expect(totpStepOf(secret, '287082', now, 0)).toBe(1);
    expect(totpStepOf(secret, '287082', now, 1)).toBeNull();
    expect(totpStepOf(secret, '287082', now, 2)).toBeNull();
  });

  it.each(['', '28708', '2870822', 'abcdef', '２８７０８２'])('refuses %j', (code) => {
    expect(totpStepOf(secret, code, new Date(59_000), null)).toBeNull();
  });

  it('has a secret of its own, which authenticator apps can read', () => {
    const made = newTotpSecret();
    expect(made).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(made);
    expect(totpUri(made, 'a b@yinke.test')).toMatch(/^otpauth:\/\/totp\/Yinke:a%20b%40yinke\.test\?.*secret=/);
  });
});
