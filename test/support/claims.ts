import { unpack } from '../../src/shared/packed-claims.js';

/** What a packed token says, unchecked: it lies between 6 bytes of head and 16 of signature. */
export function claimsOf(token: string): any {
  return unpack(Buffer.from(token, 'base64url').subarray(6, -16));
}
