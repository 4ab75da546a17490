import { createHmac } from 'node:crypto';
import { identityKey } from '../../shared/identity-key.js';
import type { StorefrontId } from '../../shared/ids.js';

/**
 * A shopper's reference as a visit token carries it: a keyed hash of its {@link identityKey}, apart for every
 * storefront. It tells whether the shopper is a certain merchant, and nothing to a reader of the token.
 */
export function shopperMark(key: Buffer, storefrontId: StorefrontId, reference: string): string {
  const content = `shopper\n${storefrontId}\n${identityKey(reference)}`;
  return createHmac('sha256', key).update(content).digest('base64url').slice(0, 22);
}
