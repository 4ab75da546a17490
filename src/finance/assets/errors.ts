import type { Problem } from '../../shared/problem.js';

/** Refusals of points and coupons. */
export const assetProblems = {
  'redemption.conflict': { status: 409, title: 'The redemption exists with other content' },
  'redemption.not-found': { status: 404, title: 'No such redemption' },
  'redemption.more-than-redeemed': { status: 409, title: 'More than is left of the redemption' },
  'coupon-template.not-found': { status: 404, title: 'No such coupon template' },
  'coupon-template.exists': { status: 409, title: 'The template exists with other content' },
  'coupon.not-found': { status: 404, title: 'No such coupon' },
  'coupon.not-reserved': { status: 409, title: 'The coupon is not reserved for this order' },
  'coupon.reserved': { status: 409, title: 'The coupon is reserved for another order' },
  'coupon.held': { status: 409, title: 'The coupon is on hold' },
  'coupon.redeemed': { status: 409, title: 'The coupon has been redeemed' },
  'coupon.expired': { status: 409, title: 'The coupon has expired' },
  'coupon.revoked': { status: 409, title: 'The coupon was taken back' },
  'coupon.conflict': { status: 409, title: 'The coupon is reserved for other content of this order' },
  'coupon.other-currency': { status: 422, title: 'The coupon is for another currency' },
  'coupon.does-not-apply': { status: 422, title: 'The coupon does not apply to this order' },
  'points-lot.not-found': { status: 404, title: 'No such lot of points' },
} satisfies Record<string, Problem>;

export type AssetErrorCode = keyof typeof assetProblems;
