import { createSigner, createVerifier, createDecoder, TokenError } from 'fast-jwt';
import { DomainError } from './domain-error.js';

/** A named signing key; the first of a list signs, all of them verify, so keys can be rotated. */
export interface TokenKey {
  id: string;
  secret: Buffer;
}

/**
 * Signs and checks statements that Yinke hands out and wants back: a JWS (RFC 7515, HS256) whose `aud` is the kind, so
 * that a token of one kind is never taken for another.
 */
export class TokenSigner<Claims extends object> {
  private readonly sign: (payload: object) => string;
  private readonly verifiers: ReadonlyMap<string, (token: string) => unknown>;
  private readonly header = createDecoder({ complete: true });

  constructor(
    readonly kind: string,
    keys: readonly TokenKey[],
  ) {
    const first = keys[0];
    if (!first) throw new RangeError('at least one token key is needed');
    this.sign = createSigner({ key: first.secret, kid: first.id, algorithm: 'HS256', noTimestamp: true, aud: kind });
    this.verifiers = new Map(
      keys.map((key) => [
        key.id,
        createVerifier({ key: key.secret, algorithms: ['HS256'], allowedAud: kind, ignoreExpiration: true }),
      ]),
    );
  }

  /** A token that says `claims` until `expiresAt` (second precision). */
  issue(claims: Claims, expiresAt: Date): string {
    return this.sign({ ...claims, exp: seconds(expiresAt) });
  }

  /** What a token says. Throws `token.invalid` (forged, foreign, not a token) or `token.expired`. */
  read(token: string, now: Date): Claims & { exp: number } {
    const claims = this.verify(token);
    if (claims.exp <= seconds(now)) throw new DomainError('token.expired', `the ${this.kind} token has expired`);
    return claims;
  }

  private verify(token: string): Claims & { exp: number } {
    try {
      const { header } = this.header(token) as { header: { kid?: string } };
      const verifier = this.verifiers.get(header.kid ?? '');
      if (verifier) return verifier(token) as Claims & { exp: number };
    } catch (error) {
      if (!(error instanceof TokenError) && !(error instanceof TypeError) && !(error instanceof SyntaxError))
        throw error;
    }
    throw new DomainError('token.invalid', `this is not a ${this.kind} token of this service`);
  }
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
