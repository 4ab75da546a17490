import { createHash } from 'node:crypto';
import { formatMinor } from '../../../shared/money.js';
import { OPEN_STATES, type PayoutState } from '../payout.js';
import { minorOf } from './bank-amount.js';
import type { LineResult } from './bank-report.entity.js';
import type { ReportLine } from './report-line.js';
import { DAY_MS } from '../../../shared/calendar.js';
import type { PayoutId } from '../../../shared/ids.js';

/** The payout that a line is about. */
export interface ReportTarget {
  payoutId: PayoutId;
  reference: string;
  /** What the bank was told to pay, minor units. */
  amount: bigint;
  currency: string;
  state: PayoutState;
}

/** A line as it is worked on: with what it is about, as far as that is known before anything is locked. */
export interface ReportItem {
  line: ReportLine;
  /** Named by reference, or a part of a batch that the line names. */
  target: ReportTarget | null;
  detail: string | null;
  /** Booked on an account that is none of the operator's: never matched without a person. */
  isForeign: boolean;
  fingerprint: string;
  /** Keyed hashes of the account that was booked on, and of those on the other side. */
  accounts: { own: string | null; others: readonly string[] };
  /** Keyed hashes of the accounts on the other side; empty: not to be matched by account. */
  accountHashes: readonly string[];
  lastFour: string | null;
}

/** A payout to one of the accounts that lines without a reference name. */
export interface AccountCandidate extends ReportTarget {
  accountHash: string;
  submittedAt: Date;
}

const WHOLE_DAYS = 'T00:00:00Z';

/** Whether a line is of the payout's amount. A booking must be; a status need not name one. */
export function isOfAmount(
  line: Pick<ReportLine, 'bankStatus' | 'amount' | 'currency'>,
  payout: Pick<ReportTarget, 'amount' | 'currency'>,
): boolean {
  if (line.amount === null || line.currency === null)
    return line.bankStatus !== 'paid' && line.bankStatus !== 'returned';
  return line.currency === payout.currency && minorOf(line) === payout.amount;
}

/** Whether a return is of less than was paid: the bank kept the rest. */
export function isShortReturn(
  line: Pick<ReportLine, 'bankStatus' | 'amount' | 'currency'>,
  payout: Pick<ReportTarget, 'amount' | 'currency'>,
): boolean {
  const amount = minorOf(line) ?? 0n;
  return line.bankStatus === 'returned' && line.currency === payout.currency && amount > 0n && amount < payout.amount;
}

/** What can be said of a line before the payout's state is looked at; `applied` may still become something else. */
export function firstLook(
  { line, isForeign }: Pick<ReportItem, 'line' | 'isForeign'>,
  target: ReportTarget | null,
  isStatus: boolean,
): { result: LineResult; detail: string | null } {
  if (target && line.remark === 'charges') return { result: 'noted', detail: 'charges of a payout, and no payment' };
  if (isForeign) return { result: 'unmatched', detail: 'booked on an account that is none of the operator’s' };
  if (target && line.remark === 'signs-differ')
    return { result: 'unmatched', detail: 'the entry and its transaction differ about credit and debit' };
  if (!target) return { result: line.booked || isStatus ? 'unmatched' : 'noted', detail: null };
  if (line.bankStatus === null)
    return line.booked
      ? { result: 'unmatched', detail: 'it names a payout, but does not say whether it was paid or returned' }
      : { result: 'noted', detail: null };
  if (isShortReturn(line, target))
    return {
      result: 'applied',
      detail: `the bank kept ${formatMinor(target.amount - (minorOf(line) ?? 0n), target.currency)}`,
    };
  if (!isOfAmount(line, target)) return { result: 'contradicting', detail: 'the amount is not that of the payout' };
  return { result: 'applied', detail: null };
}

/**
 * By what a line is known again that is no booking, or none of an exact amount: all that it says, and its number among equal
 * ones in its report. What says too little is only known again in the same message. Account numbers go into it as keyed
 * hashes only.
 */
export function fingerprintOf(
  line: ReportLine,
  { messageId, accounts, occurrence }: { messageId: string; accounts: readonly string[]; occurrence: number },
): string {
  const { reference, batch, bankStatus, status, reasonCode, amount, currency, bookedOn, bankReference } = line;
  const known = [reference, batch, bankStatus, reasonCode, bookedOn, bankReference, ...accounts];
  const named = reference !== null || batch !== null || bankReference !== null || accounts.length > 1;
  const content = JSON.stringify([status, amount, currency, occurrence, named ? null : messageId, ...known]);
  return createHash('sha256').update(content, 'utf8').digest('hex');
}

/**
 * The payouts that a booking without a reference can be about: the same account, amount and currency, sent before it was
 * booked, and still to be told so.
 */
export function fitsOf(
  { line, accountHashes }: ReportItem,
  candidates: readonly AccountCandidate[],
): AccountCandidate[] {
  const { bankStatus, bookedOn } = line;
  if ((bankStatus !== 'paid' && bankStatus !== 'returned') || bookedOn === null) return [];
  const latestSent = Date.parse(`${bookedOn}${WHOLE_DAYS}`) + 2 * DAY_MS;
  return candidates.filter(
    (one) =>
      accountHashes.includes(one.accountHash) &&
      isOfAmount(line, one) &&
      // A bank's day may begin a day before ours.
      one.submittedAt.getTime() < latestSent &&
      waitsFor(one.state, bankStatus),
  );
}

function waitsFor(state: PayoutState, bankStatus: 'paid' | 'returned'): boolean {
  return (OPEN_STATES as readonly PayoutState[]).includes(state) || (bankStatus === 'returned' && state === 'paid');
}
