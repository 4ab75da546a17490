export { AssetsModule } from './assets.module.js';
export { CouponExpiryService } from './coupons/coupon-expiry.service.js';
export { couponInvariants } from './coupons/coupon-invariants.js';
export { CouponTemplateService } from './coupons/coupon-template.service.js';
export { assetProblems } from './errors.js';
export { PointsExpiryService } from './points/points-expiry.service.js';
export { pointsInvariants } from './points/points-invariants.js';
export { redemptionInvariants } from './redemptions/redemption-invariants.js';
