import { newCheckedCode, parseCheckedCode } from '../../../shared/checked-code.js';
import { DomainError } from '../../../shared/domain-error.js';
import type { AssetErrorCode } from '../errors.js';
import type { CouponState } from './coupon-state.js';
import type { CouponEntity } from './coupon.entity.js';

export * from './coupon-state.js';

/**
 * Which state may follow which. `held`: on hold pending review. A redeemed coupon comes back when the
 * redemption is reversed; it is revoked instead when what is reversed settles a negative balance.
 */
export const transitions: Record<CouponState, readonly CouponState[]> = {
  issued: ['reserved', 'redeemed', 'expired', 'revoked', 'held'],
  reserved: ['issued', 'redeemed', 'revoked'],
  held: ['issued', 'revoked'],
  redeemed: ['issued', 'revoked'],
  expired: [],
  revoked: [],
};

/** One coupon of a merchant as it is issued, kept, and counted by the ledger: see coupon-book.ts. */
export type Coupon = Pick<
  CouponEntity,
  'id' | 'code' | 'merchantId' | 'template' | 'rewardId' | 'state' | 'issuedAt' | 'expiresAt'
>;

/** 21 random letters of 31 are 104 bits; the last letter is a check. */
const LETTERS = 22;

export function newCouponCode(pick?: (letters: number) => number): string {
  return newCheckedCode(LETTERS, pick);
}

/** The code as stored, from what was typed; null when it cannot be one. */
export function parseCouponCode(typed: string): string | null {
  return parseCheckedCode(typed, LETTERS);
}

/** For callers that may know of a coupon and may not redeem it. */
export function maskedCode(code: string): string {
  return `…${code.slice(-4)}`;
}

/** First to expire first; what never expires comes last. */
export function compareCoupons(a: Coupon, b: Coupon): number {
  const [at, bt] = [a.expiresAt?.getTime() ?? Infinity, b.expiresAt?.getTime() ?? Infinity];
  if (at !== bt) return at < bt ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Throws `coupon.redeemed`, `coupon.expired`, `coupon.revoked`, `coupon.held` or `coupon.reserved` when it cannot go there. */
export function assertTransition(from: CouponState, to: CouponState): void {
  if (transitions[from].includes(to)) return;
  throw refusal(from);
}

/** Why a coupon in this state cannot be redeemed. */
export function refusal(state: CouponState): DomainError<AssetErrorCode> {
  switch (state) {
    case 'issued':
      return new DomainError('coupon.not-reserved', 'The coupon is not reserved for this order.');
    case 'reserved':
      return new DomainError('coupon.reserved', 'The coupon is reserved for another order.');
    case 'held':
      return new DomainError('coupon.held', 'The coupon is on hold pending review.');
    case 'redeemed':
      return new DomainError('coupon.redeemed', 'The coupon has been redeemed.');
    case 'expired':
      return new DomainError('coupon.expired', 'The coupon has expired.');
    case 'revoked':
      return new DomainError('coupon.revoked', 'The coupon was taken back.');
  }
}
