import {
  allocateByLargestRemainder,
  BPS,
  divideHalfAwayFromZero,
  minorFromWire,
  minorToWire,
} from '../../../shared/money.js';
import type { RailName } from '../rails/payout-rail.js';

export const FEE_PAYERS = ['platform', 'merchant'] as const;
export type FeePayer = (typeof FEE_PAYERS)[number];

export const OVER_MAXIMUM = ['split', 'skip'] as const;
export type OverMaximum = (typeof OVER_MAXIMUM)[number];

/** What a payout costs, and who bears it. */
export interface FeeTerms {
  /** Of each payout. */
  amount?: number;
  /** Of the gross amount; rounded half away from zero. */
  rateBps?: number;
  chargedTo: FeePayer;
}

/** The terms of a currency as an admin set them. Amounts in minor units, as JSON integers. */
export interface PolicyTerms {
  minAmount?: number;
  maxAmount?: number;
  overMaximum?: OverMaximum;
  fee?: FeeTerms;
  railFees?: readonly (FeeTerms & { rail: RailName })[];
  secondApproverAbove?: number;
}

/** The terms that one batch is made under. Its JSON is kept with the batch, bound by the approval, and read by the audit. */
export interface BatchPolicy {
  minAmount: number;
  maxAmount: number;
  overMaximum: OverMaximum;
  fee?: FeeTerms;
  /** A batch whose merchants give up more than this in total takes two checkers. */
  secondApproverAbove?: number;
}

/** What one payout moves: `amount` leaves the merchant, the rail is told to pay `sentAmount`. */
export interface PayoutAmounts {
  amount: bigint;
  sentAmount: bigint;
  fee: bigint;
}

/** What is wrong with terms, by field; empty when they make sense. */
export function faultsOf({ minAmount, maxAmount, railFees = [] }: PolicyTerms): { pointer: string; detail: string }[] {
  const faults = [];
  if (minAmount !== undefined && maxAmount !== undefined && minAmount > maxAmount)
    faults.push({ pointer: '/minAmount', detail: 'must not be more than maxAmount' });
  if (new Set(railFees.map(({ rail }) => rail)).size !== railFees.length)
    faults.push({ pointer: '/railFees', detail: 'must name each rail once' });
  return faults;
}

/** The terms as they are for one batch: with its minimum, the fee of its rail, and within what the rail can carry. */
export function freeze(
  terms: PolicyTerms,
  rail: { name: RailName; limits: { amount: bigint } },
  minAmount: bigint,
): BatchPolicy {
  const { overMaximum = 'skip', secondApproverAbove } = terms;
  const carried = minorToWire(rail.limits.amount);
  const own = terms.railFees?.find((one) => one.rail === rail.name) ?? terms.fee;
  return {
    minAmount: minorToWire(minAmount),
    maxAmount: terms.maxAmount === undefined || terms.maxAmount > carried ? carried : terms.maxAmount,
    overMaximum,
    ...(own && { fee: { amount: own.amount ?? 0, rateBps: own.rateBps ?? 0, chargedTo: own.chargedTo } }),
    ...(secondApproverAbove !== undefined && { secondApproverAbove }),
  };
}

/**
 * The payouts that bring a merchant `available`: one, or equal parts, as few as the maximum allows; or why there are
 * none. `most`: how many there may be.
 */
export function payoutsOf(
  available: bigint,
  policy: BatchPolicy,
  most: number,
): PayoutAmounts[] | 'above-maximum' | 'batch-full' | 'fee-exceeds-amount' {
  const maximum = minorFromWire(policy.maxAmount);
  const parts = (available + maximum - 1n) / maximum;
  if (parts > 1n && policy.overMaximum === 'skip') return 'above-maximum';
  if (parts > BigInt(most)) return 'batch-full';
  const equal = Array.from({ length: minorToWire(parts) }, () => 1n);
  const payouts = allocateByLargestRemainder(available, equal).map((amount): PayoutAmounts => {
    const fee = feeOf(amount, policy.fee);
    return { amount, fee, sentAmount: policy.fee?.chargedTo === 'merchant' ? amount - fee : amount };
  });
  return payouts.every(({ sentAmount }) => sentAmount > 0n) ? payouts : 'fee-exceeds-amount';
}

/** The fee of a payout of this amount. */
export function feeOf(amount: bigint, fee: FeeTerms | undefined): bigint {
  if (fee === undefined) return 0n;
  return minorFromWire(fee.amount ?? 0) + divideHalfAwayFromZero(amount * minorFromWire(fee.rateBps ?? 0), BPS);
}

/** Who bears a payout's fee; null when there is none. */
export function feePayer({ amount, sentAmount, fee }: PayoutAmounts): FeePayer | null {
  if (fee === 0n) return null;
  return sentAmount === amount ? 'platform' : 'merchant';
}

/** A batch's frozen terms; null for one from before there were any. */
export function readPolicy(text: string | null): BatchPolicy | null {
  return text === null ? null : (JSON.parse(text) as BatchPolicy);
}

/** How many checkers a batch needs whose merchants give up `total`. */
export function approvalsNeeded(policy: string | null, total: bigint): 1 | 2 {
  const above = readPolicy(policy)?.secondApproverAbove;
  return above !== undefined && total > minorFromWire(above) ? 2 : 1;
}
