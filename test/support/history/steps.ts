import type { HoldCause } from '../../../src/finance/decisions/holds/hold.js';

/** How a call is made: duplicates come one after the other or both at once. */
export type Times = 'once' | 'again' | 'at-once';

/** What a rail answers; `throws` is a fault of ours on the way. */
export type Said = 'accepted' | 'paid' | 'failed' | 'bad-account' | 'unknown' | 'not-found' | 'try-later' | 'throws';

export type BatchAction =
  'request-approval' | 'refresh' | 'approve' | 'reject' | 'cancel' | 'submit' | 'ask-withdrawal' | 'withdraw' | 'keep';
export type CouponAction = 'reserve' | 'redeem' | 'release' | 'revoke';
export type Who = 'maker' | 'checker' | 'other';

/**
 * One thing that happens. Numbers that name something (an order, a batch) count round what there is at that moment, so
 * that every step of a history means something and stays meaningful while fast-check makes the history smaller.
 */
export type Step =
  | {
      kind: 'order';
      /** 0–2 a merchant, 3 nobody. */
      merchant: number;
      lines: { quantity: number; unitPrice: number; off: number }[];
      shipping: number;
      tax: number;
      times: Times;
    }
  /** `off`: percent of the merchandise that was not paid; above 100, something else paid for shipping and tax too. `long`: so long ago that a hold of seven days is over. */
  | { kind: 'complete'; order: number; off: number; long: boolean; times: Times }
  | { kind: 'cancel'; order: number; times: Times }
  /**
   * `part`: percent of what was to be paid. `lines`: how much of it is said to be of each line, in percent of what is not
   * yet said to be of another; `extras`: of shipping and tax, likewise.
   */
  | {
      kind: 'refund';
      order: number;
      part: number;
      lines: number[] | null;
      extras: [shipping: number, tax: number] | null;
      times: Times;
    }
  | { kind: 'refund-otherwise'; refund: number }
  /** `only`: one of all events, posted or not; null: all that wait, and when it is done twice, all that there ever were. */
  | { kind: 'post'; only: number | null; times: Times }
  | { kind: 'hold-over'; merchant: number }
  | { kind: 'mature'; times: Times }
  | { kind: 'adjust'; merchant: number; asset: string; amount: number }
  | { kind: 'decide'; adjustment: number; decision: 'approve' | 'reject'; who: Who; times: Times }
  | { kind: 'redeem'; merchant: number; amount: number; times: Times }
  | { kind: 'redeem-otherwise'; redemption: number }
  /** `otherwise`: an earlier reversal again, with another reason. */
  | { kind: 'reverse'; redemption: number; amount: number; otherwise: boolean; times: Times }
  /** `young`: points grow old; else the day of the old ones comes. */
  | { kind: 'lapse'; merchant: number; young: boolean }
  | { kind: 'expire'; times: Times }
  /** `order`: one of two at the storefront. `lines`: it is used in one step, if it has to be. */
  | { kind: 'coupon'; coupon: number; action: CouponAction; order: number; lines: boolean; times: Times }
  /** The day of a merchant's coupons, or the time of their reservations, is over. */
  | { kind: 'coupons-late'; merchant: number; day: boolean; reservations: boolean; times: Times }
  | { kind: 'hold-reward'; reward: number; who: Who; times: Times }
  /** `amount` null: all that is available. */
  | { kind: 'hold-balance'; merchant: number; asset: string; amount: number | null; who: Who; times: Times }
  | { kind: 'decide-hold'; hold: number; decision: 'release' | 'void'; who: Who; times: Times }
  | { kind: 'release-all'; merchant: number; cause: HoldCause; who: Who; times: Times }
  | { kind: 'merchant'; merchant: number; state: 'active' | 'suspended' | 'closed' }
  /** An admin sets the terms of payouts: one of a few. */
  | { kind: 'terms'; terms: number }
  /** `only`: these merchants; null: all. */
  | { kind: 'draft'; rail: 'http-bank' | 'iso20022-file'; minAmount: number; only: number[] | null }
  /** A payout is tried again by a new one. */
  | { kind: 'retry'; payout: number; times: Times }
  | { kind: 'batch'; batch: number; action: BatchAction; who: Who; times: Times }
  /** The worker sends what waits and asks about what is open; each payout takes the next of the answers. */
  | { kind: 'deliver'; submit: Said[]; status: Said[]; times: Times }
  /** Bank reports name any payouts, sent or not; `wrong` is another amount than the payout's. */
  | {
      kind: 'report';
      words: { payout: number; says: 'accepted' | 'failed' | 'bad-account' | 'paid' | 'returned'; wrong: boolean }[];
      times: Times;
    };
