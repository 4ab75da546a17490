export const COUPON_STATES = ['issued', 'reserved', 'held', 'redeemed', 'expired', 'revoked'] as const;
export type CouponState = (typeof COUPON_STATES)[number];
