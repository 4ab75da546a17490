import { DomainError } from '../../../shared/domain-error.js';
import { allocateByLargestRemainder, BPS, divideHalfAwayFromZero, minAmount } from '../../../shared/money.js';
import type { AssetErrorCode } from '../errors.js';

/** What a coupon is worth. Amounts in minor units of `currency`. */
export interface CouponTerms {
  currency: string;
  value: { kind: 'amount-off'; amount: bigint } | { kind: 'percent-off'; rateBps: number; maxAmount: bigint | null };
  /** The lines that the coupon is for must come to at least this; null: any amount. */
  minimumSpend: bigint | null;
  /** Only lines of these categories; empty: every line. */
  categories: readonly string[];
  excludedCategories: readonly string[];
}

/** A line of the order that the coupon is to be redeemed for, after every other discount. */
export interface DiscountableLine {
  category: string | null;
  lineTotal: bigint;
}

export interface CouponDiscount {
  /** What the lines come to that the coupon is for. */
  eligibleTotal: bigint;
  discount: bigint;
  /** The discount of each line, in their order; together `discount`. */
  shares: bigint[];
}

/**
 * What a coupon takes off an order: rounded once, half away from zero, never more than the lines that it is for; spread
 * over them by largest remainder. Throws `coupon.other-currency` and `coupon.does-not-apply`.
 */
export function couponDiscount(
  terms: CouponTerms,
  currency: string,
  lines: readonly DiscountableLine[],
): CouponDiscount {
  if (currency !== terms.currency)
    throw new DomainError<AssetErrorCode>('coupon.other-currency', `The coupon is for orders in ${terms.currency}.`);
  const bases = lines.map((line) => (isEligible(terms, line.category) ? line.lineTotal : 0n));
  const eligibleTotal = bases.reduce((a, b) => a + b, 0n);
  if (eligibleTotal === 0n)
    throw new DomainError<AssetErrorCode>('coupon.does-not-apply', 'The coupon is for nothing in this order.');
  if (terms.minimumSpend !== null && eligibleTotal < terms.minimumSpend)
    throw new DomainError<AssetErrorCode>(
      'coupon.does-not-apply',
      `The order must come to ${terms.minimumSpend.toString()} of what the coupon is for.`,
    );
  const discount = minAmount(worth(terms, eligibleTotal), eligibleTotal);
  return { eligibleTotal, discount, shares: allocateByLargestRemainder(discount, bases) };
}

function isEligible({ categories, excludedCategories }: CouponTerms, category: string | null): boolean {
  if (category === null) return categories.length === 0;
  return (categories.length === 0 || categories.includes(category)) && !excludedCategories.includes(category);
}

function worth({ value }: CouponTerms, total: bigint): bigint {
  if (value.kind === 'amount-off') return value.amount;
  const share = divideHalfAwayFromZero(total * BigInt(value.rateBps), BPS);
  return value.maxAmount === null ? share : minAmount(share, value.maxAmount);
}
