import { KnownId } from '../../shared/known-id.js';
import type { AssetErrorCode } from './errors.js';

/** The ids of this room in paths. */
export const COUPON_ID = new KnownId('coupon', 'coupon.not-found' satisfies AssetErrorCode);
/** Of a merchant who is none there is no coupon and no redemption. */
export const COUPON_OWNER_ID = new KnownId('merchant', 'coupon.not-found' satisfies AssetErrorCode);
export const REDEEMER_ID = new KnownId('merchant', 'redemption.not-found' satisfies AssetErrorCode);
export const LOT_ID = new KnownId('pointsLot', 'points-lot.not-found' satisfies AssetErrorCode);
