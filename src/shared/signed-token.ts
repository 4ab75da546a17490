import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError } from './domain-error.js';
import { jwsReader } from './jws-token.js';
import { pack, unpack } from './packed-claims.js';

/** A named signing key; the first of a list signs, all of them verify, so keys can be rotated. */
export interface TokenKey {
  id: string;
  secret: Buffer;
}

const VERSION = 1;
const HEAD_BYTES = 6;
const MAC_BYTES = 16;

/**
 * Signs and checks statements that Yinke hands out and wants back, as base64url of: the version, the second at which
 * it expires (5 bytes), the packed claims, and 16 bytes of HMAC-SHA-256 over the kind, the key's id and all before it,
 * so that a token of one kind is never taken for another.
 */
export class TokenSigner<Claims extends object> {
  private readonly first: TokenKey;
  private readonly readJws: (token: string) => unknown;

  constructor(
    readonly kind: string,
    private readonly keys: readonly TokenKey[],
  ) {
    const first = keys[0];
    if (!first) throw new RangeError('at least one token key is needed');
    this.first = first;
    this.readJws = jwsReader(kind, keys);
  }

  /** A token that says `claims` until `expiresAt` (second precision). */
  issue(claims: Claims, expiresAt: Date): string {
    const head = Buffer.alloc(HEAD_BYTES, VERSION);
    head.writeUIntBE(seconds(expiresAt), 1, HEAD_BYTES - 1);
    const said = Buffer.concat([head, pack({ ...claims, exp: undefined })]);
    return Buffer.concat([said, this.mac(this.first, said)]).toString('base64url');
  }

  /** What a token says. Throws `token.invalid` (forged, foreign, not a token) or `token.expired`. */
  read(token: string, now: Date): Claims & { exp: number } {
    const claims = token.includes('.') ? this.readJws(token) : this.readPacked(token);
    if (!claims) throw new DomainError('token.invalid', `this is not a ${this.kind} token of this service`);
    const said = claims as Claims & { exp: number };
    if (said.exp <= seconds(now)) throw new DomainError('token.expired', `the ${this.kind} token has expired`);
    return said;
  }

  private readPacked(token: string): unknown {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length <= HEAD_BYTES + MAC_BYTES || bytes[0] !== VERSION || bytes.toString('base64url') !== token)
      return undefined;
    const said = bytes.subarray(0, -MAC_BYTES);
    const mac = bytes.subarray(-MAC_BYTES);
    if (!this.keys.some((key) => timingSafeEqual(this.mac(key, said), mac))) return undefined;
    return { ...(unpack(said.subarray(HEAD_BYTES)) as object), exp: said.readUIntBE(1, HEAD_BYTES - 1) };
  }

  /** Never what a JWS or an arrival token signs: those begin with other letters. */
  private mac({ id, secret }: TokenKey, said: Buffer): Buffer {
    return createHmac('sha256', secret)
      .update(`token\n${this.kind}\n${id}\n`)
      .update(said)
      .digest()
      .subarray(0, MAC_BYTES);
  }
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
