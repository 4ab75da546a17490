import { VISIT_PACKING } from '../../src/detection/visits/visit-tokens.js';
import { Cursor } from '../../src/shared/packing.js';

/** What a visit token says, unchecked: it lies behind 6 bytes of head. */
export function claimsOf(token: string) {
  return VISIT_PACKING.read(new Cursor(Buffer.from(token, 'base64url').subarray(6)));
}
