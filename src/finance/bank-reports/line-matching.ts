import { createHash } from 'node:crypto';
import { OPEN_STATES, type PayoutState } from '../payouts/payout.js';
import { minorOf } from './bank-amount.js';
import type { LineResult } from './bank-report.entity.js';
import type { ReportLine } from './report-line.js';

/** The payout that a line is about. */
export interface ReportTarget {
  payoutId: string;
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
  /** Keyed hashes of the accounts on the other side; empty: not to be matched by account. */
  accountHashes: readonly string[];
  lastFour: string | null;
}

/** A payout to one of the accounts that lines without a reference name. */
export interface AccountCandidate extends ReportTarget {
  accountHash: string;
  submittedAt: Date;
  /** What lines of other reports have said of it, and moved it by. */
  heard: readonly { says: string; bookedOn: string | null; bankReference: string | null }[];
}

const DAY_MS = 86_400_000;
const WHOLE_DAYS = 'T00:00:00Z';

/** Whether a line is of the payout's amount. A booking must be; a status need not name one. */
export function isOfAmount(
  line: Pick<ReportLine, 'says' | 'amount' | 'currency'>,
  payout: Pick<ReportTarget, 'amount' | 'currency'>,
): boolean {
  if (line.amount === null || line.currency === null) return line.says !== 'paid' && line.says !== 'returned';
  return line.currency === payout.currency && minorOf(line) === payout.amount;
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
  if (line.says === null)
    return line.booked
      ? { result: 'unmatched', detail: 'it names a payout, but does not say whether it was paid or returned' }
      : { result: 'noted', detail: null };
  if (!isOfAmount(line, target)) return { result: 'contradicting', detail: 'the amount is not that of the payout' };
  return { result: 'applied', detail: null };
}

/**
 * By what a line is known again in other reports: the bank's name of the booking, or else all that it says; and its number
 * among equal ones in its report. What says too little is only known again in the same message. Account numbers, the one
 * that was booked on first, go into it as keyed hashes only.
 */
export function fingerprintOf(
  line: ReportLine,
  { messageId, accounts, occurrence }: { messageId: string; accounts: readonly string[]; occurrence: number },
): string {
  const { reference, batch, says, status, reasonCode, amount, currency, bookedOn, bankReference } = line;
  const known =
    bankReference !== null
      ? [bankReference, reference, accounts[0]]
      : reference !== null || batch !== null || accounts.length > 1
        ? [reference, batch, says, reasonCode, bookedOn, ...accounts]
        : [messageId, says, reasonCode, bookedOn, ...accounts];
  const content = JSON.stringify([status, amount, currency, occurrence, ...known]);
  return createHash('sha256').update(content, 'utf8').digest('hex');
}

/**
 * The one payout that a booking without a reference can be about: the same account, amount and currency, sent before it
 * was booked, and still to be told so; or told so of the same day by another report, which then meant this booking. Null
 * when there is none; `several` when there are more.
 */
export function onlyFit(
  { line, accountHashes }: ReportItem,
  candidates: readonly AccountCandidate[],
): AccountCandidate | 'several' | null {
  const { says, bookedOn } = line;
  if ((says !== 'paid' && says !== 'returned') || bookedOn === null) return null;
  const latestSent = Date.parse(`${bookedOn}${WHOLE_DAYS}`) + 2 * DAY_MS;
  const fits = candidates.filter(
    (one) =>
      accountHashes.includes(one.accountHash) &&
      isOfAmount(line, one) &&
      // A bank's day may begin a day before ours.
      one.submittedAt.getTime() < latestSent &&
      (waitsFor(one.state, says) || one.heard.some((said) => said.says === says && isSameBooking(said, line))),
  );
  return fits.length > 1 ? 'several' : (fits[0] ?? null);
}

function waitsFor(state: PayoutState, says: 'paid' | 'returned'): boolean {
  return (OPEN_STATES as readonly PayoutState[]).includes(state) || (says === 'returned' && state === 'paid');
}

function isSameBooking(said: AccountCandidate['heard'][number], line: ReportLine): boolean {
  if (said.bookedOn !== line.bookedOn) return false;
  return said.bankReference === null || line.bankReference === null || said.bankReference === line.bankReference;
}
