import type { Outcome } from '../payout.js';

/** What a bank report says of one payment, or of a batch of them at once. */
export interface ReportLine {
  /** EndToEndId, ours or another party's; null: the line names no payment. */
  reference: string | null;
  /** When a text mentions several references of our form, all of them: at most one of them can be the payment's. */
  mentioned: readonly string[];
  /**
   * MsgId of a file of ours that the line speaks of. Without an amount it is a status, of all payments in it that have no
   * line of their own; with one it may be the booking of the whole batch as one sum.
   */
  batch: string | null;
  /** The bank's status of the payment; null: no status, and nothing to do. */
  bankStatus: Exclude<Outcome, 'unknown'> | null;
  /** As the bank wrote it; of a booking, with its direction. */
  status: string;
  reasonCode: string | null;
  reason: string | null;
  /** Decimal text as the bank wrote it, with its currency. */
  amount: string | null;
  currency: string | null;
  /** What the bank took on top of the amount in the same booking. */
  charge: string | null;
  /**
   * Of a payment without an amount: what its entry leaves for all such payments in it together; `begins`: it is the first
   * of them.
   */
  shares: { begins: boolean; amount: string; currency: string } | null;
  /** `charges`: a booking of charges, not of a payment. `signs-differ`: the entry and its transaction contradict each other. */
  remark: 'charges' | 'signs-differ' | null;
  /** Whether it is money that moved, and not only a word about it. */
  booked: boolean;
  /** YYYY-MM-DD; null: not booked, or without a date. */
  bookedOn: string | null;
  /** The bank's own name of the booking. */
  bankReference: string | null;
  /** The bank's own name of the entry that it is part of. */
  entryReference: string | null;
  /** Account that was booked on. In clear: never stored or logged. */
  bookedAccount: string | null;
  /** Accounts that the money may have gone to. In clear: never stored or logged. */
  otherAccounts: readonly string[];
}

/** All references that may be the payment's. */
export function namesOf(line: ReportLine): readonly string[] {
  return line.reference === null ? line.mentioned : [line.reference];
}
