import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import { DomainError, type SharedErrorCode } from './domain-error.js';
import { oldTokenReader } from './old-token.js';
import { Cursor, type Packing } from './packing.js';

/** A named signing key; the first of a list signs, all of them verify, so keys can be rotated. */
export interface TokenKey {
  id: string;
  secret: Buffer;
}

/** Raised when any kind of token packs its claims in another way; tokens of another version are not read. */
const VERSION = 1;
const MAC_BYTES = 16;
/** More than any token needs. */
const MOST_BYTES = 1024;

/**
 * Signs and checks statements that Yinke hands out and wants back. A token is, in base64url: the version, a mark of the
 * key (one byte each), the second at which it ends (4 bytes), the claims as `packing` writes them, and 16 bytes of
 * HMAC-SHA-256 over all of it and whom it is for. Each kind signs with a key of its own, derived from the secret, so
 * that a token of one kind is never taken for another.
 */
export class TokenSigner<Claims extends object> {
  private readonly first: KindKey;
  private readonly keys: readonly KindKey[];
  private readonly readOld: (token: string, audience: string) => unknown;

  constructor(
    readonly kind: string,
    keys: readonly TokenKey[],
    private readonly packing: Packing<Claims>,
  ) {
    this.keys = keys.map(({ secret }) => kindKey(kind, secret));
    const first = this.keys[0];
    if (!first) throw new RangeError('at least one token key is needed');
    this.first = first;
    this.readOld = oldTokenReader(kind, keys);
  }

  /** A token that says `claims` until `expiresAt` (second precision) to the `audience` that it is for. */
  issue(claims: Claims, expiresAt: Date, audience = ''): string {
    const token = new Cursor(Buffer.allocUnsafe(MOST_BYTES));
    token.putWhole(VERSION, 1);
    token.putWhole(this.first.mark, 1);
    token.putWhole(seconds(expiresAt), 4);
    this.packing.write(token, claims);
    token.put(mac(this.first, audience, token.done));
    return token.done.toString('base64url');
  }

  /** What a token says. Throws `token.invalid` (forged, foreign, not a token) or `token.expired`. */
  read(token: string, now: Date, audience = ''): Claims & { exp: number } {
    const said = token.includes('.') ? this.readOld(token, audience) : this.readPacked(token, audience);
    if (!said) throw new DomainError<SharedErrorCode>('token.invalid', `this is not a ${this.kind} token for this use`);
    const claims = said as Claims & { exp: number };
    if (claims.exp <= seconds(now))
      throw new DomainError<SharedErrorCode>('token.expired', `the ${this.kind} token has expired`);
    return claims;
  }

  private readPacked(token: string, audience: string): (Claims & { exp: number }) | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes[0] !== VERSION || bytes.length <= MAC_BYTES || bytes.toString('base64url') !== token) return null;
    const said = bytes.subarray(0, -MAC_BYTES);
    const given = bytes.subarray(-MAC_BYTES);
    const known = this.keys.filter(({ mark }) => mark === bytes[1]);
    if (!known.some((key) => timingSafeEqual(mac(key, audience, said), given))) return null;
    try {
      const from = new Cursor(said.subarray(2));
      const exp = from.takeWhole(4);
      const claims = this.packing.read(from);
      return from.atEnd ? { ...claims, exp } : null;
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }
}

/** What one secret is for one kind of token. */
interface KindKey {
  /** Tells which of the keys may have signed; it says nothing of the key. */
  mark: number;
  key: KeyObject;
}

function kindKey(kind: string, secret: Buffer): KindKey {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', `yinke token ${VERSION} ${kind}`, 33));
  return { key: createSecretKey(bytes.subarray(0, 32)), mark: bytes.readUInt8(32) };
}

function mac({ key }: KindKey, audience: string, said: Buffer): Buffer {
  return createHmac('sha256', key).update(`${audience}\n`).update(said).digest().subarray(0, MAC_BYTES);
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
