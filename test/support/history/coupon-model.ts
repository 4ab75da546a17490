import type { CouponState } from '../../../src/finance/assets/coupons/coupon.js';

/** The one kind of coupons there is. */
export const COUPON = 'COUPON:gift';

/** How many of a merchant's coupons are in each state. */
export class CouponsModel {
  private readonly counts = new Map<CouponState, bigint>();

  /** New coupons. */
  issue(amount: bigint): void {
    this.add('issued', amount);
  }

  change(from: CouponState, to: CouponState, amount: bigint): void {
    this.add(from, -amount);
    this.add(to, amount);
  }

  lines(): string[] {
    return [...this.counts].filter(([, count]) => count !== 0n).map(([state, count]) => `${state} ${count}`);
  }

  private add(state: CouponState, amount: bigint): void {
    this.counts.set(state, (this.counts.get(state) ?? 0n) + amount);
  }
}
