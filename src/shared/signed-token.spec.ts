import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
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
});
