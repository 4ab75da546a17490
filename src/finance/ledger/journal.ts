import type { AccountRef } from './account.js';
import type {
  AdjustmentId,
  CouponId,
  HoldId,
  OrderEventId,
  PayoutId,
  PointsLotId,
  RedemptionPk,
  RewardId,
  StorefrontId,
} from '../../shared/ids.js';
import type { Amount } from '../../shared/amount.js';

/** What a journal is about; the accountant's words for it. */
export const JOURNAL_KINDS = [
  'reward',
  'maturity',
  'refund',
  'adjustment',
  'payout-reserved',
  'payout-cancelled',
  'payout-submitted',
  'payout-paid',
  'payout-failed',
  'payout-returned',
  'payout-charged',
  'payout-withdrawn',
  'redemption',
  'redemption-reversed',
  'expiry',
  'coupon-reserved',
  'coupon-released',
  'coupon-revoked',
  'hold',
  'release',
  'void',
] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

/** An amount on an account, credit positive, never zero. */
export type EntryDraft = AccountRef &
  Amount & {
    /** The reward that moves, so that each reward can be proven from its entries alone. */
    rewardId?: RewardId;
    /** The payout that moves. */
    payoutId?: PayoutId;
    /** The coupon that moves, where it must be a certain one. Kept with the coupon's moves, not in the entry. */
    couponId?: CouponId;
    /** Where points are redeemed. Decides which lots they are taken from; kept with the redemption, not in the entry. */
    redeemedAt?: StorefrontId;
  };

/** What can bring a journal about, with the ids of each kind. */
interface Causes {
  'order-event': OrderEventId;
  reward: RewardId;
  adjustment: AdjustmentId;
  payout: PayoutId;
  redemption: RedemptionPk;
  hold: HoldId;
  'points-lot': PointsLotId;
  coupon: CouponId;
}

export type CauseType = keyof Causes;
export type CauseId = Causes[CauseType];

/** What brought a journal about, e.g. an order event or a payout. */
export type JournalCause = { [Type in CauseType]: { type: Type; id: Causes[Type] } }[CauseType];

/** One business event's effect, before it is posted. */
export interface JournalDraft {
  /** Unique for ever, e.g. `order.completed:evt_…`: posting twice is impossible. At most 120 characters. */
  businessKey: string;
  kind: JournalKind;
  /** One sentence for people; no personal data. At most 500 characters. */
  description: string;
  /** When the business event happened. */
  occurredAt: Date;
  cause: JournalCause;
  entries: readonly EntryDraft[];
}

/** A programming mistake in a posting; never the caller's fault. */
export class UnbalancedJournalError extends Error {
  override readonly name = 'UnbalancedJournalError';
}

/** Throws unless there are two entries or more, none is zero, and they sum to zero per asset (invariant 1). */
export function assertBalanced(journal: Pick<JournalDraft, 'businessKey' | 'entries'>): void {
  const sums = new Map<string, bigint>();
  for (const { asset, amount } of journal.entries) {
    if (amount === 0n) throw new UnbalancedJournalError(`${journal.businessKey} has an entry of zero`);
    sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  }
  if (journal.entries.length < 2) throw new UnbalancedJournalError(`${journal.businessKey} has fewer than two entries`);
  for (const [asset, sum] of sums) {
    if (sum !== 0n) throw new UnbalancedJournalError(`${journal.businessKey} is off by ${sum.toString()} ${asset}`);
  }
}
