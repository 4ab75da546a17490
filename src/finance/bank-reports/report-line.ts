import type { Outcome } from '../payouts/payout.js';

/** What a bank report says of one payment, or of a batch of them at once. */
export interface ReportLine {
  /** EndToEndId; null: the line names no payment. */
  reference: string | null;
  /**
   * MsgId of a file of ours that the line speaks of. Without an amount it is a status, of all payments in it that have no
   * line of their own; with one it may be the booking of the whole batch as one sum.
   */
  batch: string | null;
  /** What it means; null: nothing to do. */
  says: Exclude<Outcome, 'unknown'> | null;
  /** As the bank wrote it; of a booking, with its direction. */
  status: string;
  reasonCode: string | null;
  reason: string | null;
  /** Decimal text as the bank wrote it, with its currency. */
  amount: string | null;
  currency: string | null;
  /** Whether it is money that moved, and not only a word about it. */
  booked: boolean;
  /** YYYY-MM-DD; null: not booked, or without a date. */
  bookedOn: string | null;
  /** The bank's own name of the booking. */
  bankReference: string | null;
  /** Account that was booked on. In clear: never stored or logged. */
  bookedAccount: string | null;
  /** Accounts that the money may have gone to. In clear: never stored or logged. */
  otherAccounts: readonly string[];
}
