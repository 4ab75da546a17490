import { createHash } from 'node:crypto';
import { judge, type PayoutState } from '../payout.js';
import { certainlyTellsAgain, contentOf, hasInCommon, tellAgain, type Booking, type Telling } from './booking.js';
import { minorOf } from './bank-amount.js';
import { isOpenResult, type LineResult } from './bank-report.entity.js';
import { firstLook, fitsOf, type AccountCandidate, type ReportItem, type ReportTarget } from './line-matching.js';
import type { ReportLine } from './report-line.js';
import type { BankReportId, PayoutId } from '../../../shared/ids.js';

/** A booking that is known, by the line that told of it first. */
export interface KnownBooking extends Booking {
  /** Id of the line that told of it first. */
  id: string;
  payoutId: PayoutId | null;
  bankStatus: ReportLine['bankStatus'];
  result: LineResult;
  fingerprint: string | null;
}

/** All that a part of a report is judged by; payouts are locked. */
export interface Knowledge {
  reportId: BankReportId;
  messageId: string;
  isStatus: boolean;
  /** Where payouts stand, by id: those that lines name, and the candidates. */
  states: ReadonlyMap<PayoutId, PayoutState>;
  candidates: readonly AccountCandidate[];
  bookings: readonly KnownBooking[];
  /** What lines of this report say of which payouts by name, as {@link statusKey}. */
  named: ReadonlySet<string>;
  /** Ids of the lines that have these fingerprints: of statuses, and of what has no exact amount. */
  listed: ReadonlyMap<string, string>;
}

/** What becomes of a line. */
export interface Judged {
  item: ReportItem;
  target: ReportTarget | null;
  /** `applied`: the payout moves by it. */
  result: LineResult;
  detail: string | null;
  /** The line that told of the same booking first. */
  sameAs: string | null;
  payoutId: PayoutId | null;
  /** Known by it when it comes again at the same time from another sender. */
  fingerprint: string | null;
  /** The booking that it tells of again. */
  again: KnownBooking | null;
}

/** Decides about lines one after the other, as they stand in the report; `lineIdOf`: the id of each. */
export function judgeLines(
  items: readonly ReportItem[],
  knowledge: Knowledge,
  lineIdOf: (index: number) => string,
): Judged[] {
  const looks = items.map((item) => firstLook(item, item.target, knowledge.isStatus));
  const tellings = items.map((item) => tellingOf(item, knowledge));
  const told = tellings.flatMap((telling, at) => (telling ? [{ telling, at }] : []));
  const found = tellAgain(
    told.map(({ telling, at }) => ({
      telling,
      mayBe: (booking: KnownBooking) => mayBeOf(items[at]?.target ?? null, looks[at]?.result, telling, booking),
    })),
    knowledge.bookings,
  );
  const again = new Map(told.map(({ at }, index) => [at, found[index] ?? null]));
  const judgement = new Judgement(knowledge);
  return items.map((item, at) => {
    const telling = tellings[at] ?? null;
    const look = looks[at] ?? firstLook(item, item.target, knowledge.isStatus);
    if (!telling || look.result === 'noted') return judgement.judgeStatus(item, look, lineIdOf(at));
    const booking = again.get(at) ?? null;
    const judged = item.target
      ? judgement.judgeNamed(item, item.target, look, booking)
      : judgement.judgeNameless(item, look, telling, booking);
    return judgement.note(judged, telling, lineIdOf(at));
  });
}

export function statusKey(bankStatus: string | null, target: Pick<ReportTarget, 'payoutId'> | null): string {
  return `${bankStatus ?? ''} ${target?.payoutId ?? ''}`;
}

type Look = ReturnType<typeof firstLook>;

/** One pass over lines: where the payouts stand by now, and which bookings are known by now. */
class Judgement {
  private readonly states: Map<PayoutId, PayoutState>;
  private readonly fresh: KnownBooking[] = [];
  private readonly fingerprints: Set<string>;

  constructor(private readonly knowledge: Knowledge) {
    this.states = new Map(knowledge.states);
    this.fingerprints = new Set(knowledge.bookings.flatMap(({ fingerprint }) => fingerprint ?? []));
  }

  /** A line that tells of no booking, or of none whose amount is known. */
  judgeStatus(item: ReportItem, look: Look, id: string): Judged {
    const { target } = item;
    let { result } = look;
    if (result === 'applied' && target && item.line.bankStatus)
      result = this.hear(target.payoutId, item.line.bankStatus);
    const before = this.knowledge.listed.get(item.fingerprint);
    if (isOpenResult(result) && before !== undefined && before !== id)
      return { ...base(item, target), result: 'duplicate', detail: `the same as ${before}` };
    const fingerprint = isOpenResult(result) ? item.fingerprint : null;
    return { ...base(item, target), result, detail: look.detail ?? item.detail, fingerprint, ...unmatchedIs(result) };
  }

  /** A booking of a payout that the line names. */
  judgeNamed(item: ReportItem, target: ReportTarget, look: Look, booking: KnownBooking | null): Judged {
    const { payoutId } = target;
    const { bankStatus, bookedOn } = item.line;
    if (booking) return toldAgain(item, target, booking);
    const detail = look.detail ?? item.detail;
    if (look.result !== 'applied' || bankStatus === null)
      return { ...base(item, target), result: look.result, detail, ...unmatchedIs(look.result) };
    const first = this.findFirst(payoutId, bankStatus);
    const before = this.states.get(payoutId);
    const result = this.hear(payoutId, bankStatus);
    if ((result === 'duplicate' || result === 'late') && (first || this.isAfterReturn(payoutId, bankStatus, bookedOn)))
      return { ...base(item, target), result: 'second', detail: secondDetail(bankStatus, before, first) };
    return { ...base(item, target), result, detail };
  }

  /** A booking that names no payout of ours. */
  judgeNameless(item: ReportItem, look: Look, telling: Telling, booking: KnownBooking | null): Judged {
    const isListed = booking?.payoutId === null && isOpenResult(booking.result);
    if (booking && (isListed || certainlyTellsAgain(telling, booking))) return toldAgain(item, null, booking);
    const { bankStatus } = item.line;
    const standing = this.knowledge.candidates.map((one) => ({
      ...one,
      state: this.states.get(one.payoutId) ?? one.state,
    }));
    const fits = fitsOf(item, standing).filter((one) => !this.knowledge.named.has(statusKey(bankStatus, one)));
    const [fit, ...others] = fits;
    if (booking && !fit) return toldAgain(item, null, booking);
    if (!fit) return { ...base(item, null), result: 'unmatched', detail: look.detail ?? item.detail };
    if (booking || others.length > 0)
      return {
        ...base(item, null),
        result: 'unmatched',
        detail: booking
          ? `several can be meant: ${booking.id} told again, or ${fit.payoutId}`
          : 'several payouts have this account and amount',
      };
    const result = bankStatus === null ? 'unmatched' : this.hear(fit.payoutId, bankStatus);
    return { ...base(item, fit), result, detail: 'found by account and amount' };
  }

  /** Remembers a booking that was told for the first time, for the lines after it. */
  note(judged: Judged, telling: Telling, id: string): Judged {
    if (judged.again) return judged;
    // Nothing else keeps two reports from listing it at the same time.
    const fingerprint = judged.payoutId === null ? this.newFingerprint(telling) : null;
    const { payoutId, result } = judged;
    const bankStatus = judged.item.line.bankStatus;
    this.fresh.push({ id, payoutId, bankStatus, result, fingerprint, tellings: [telling], payoutAccount: null });
    return { ...judged, fingerprint };
  }

  private hear(payoutId: PayoutId, bankStatus: NonNullable<ReportLine['bankStatus']>): LineResult {
    const state = this.states.get(payoutId);
    if (state === undefined) return 'contradicting';
    const verdict = judge(state, bankStatus);
    if (verdict.kind !== 'apply') return verdict.kind;
    this.states.set(payoutId, verdict.path.at(-1) ?? state);
    return 'applied';
  }

  /** The booking by which the payout was paid, or returned; or that confirmed what a rail had answered. */
  private findFirst(payoutId: PayoutId, bankStatus: ReportLine['bankStatus']): KnownBooking | undefined {
    return this.all().find(
      (one) => one.payoutId === payoutId && one.bankStatus === bankStatus && isCounted(one.result),
    );
  }

  /** A payment on a later day than its return is another one, also when the first was never reported. */
  private isAfterReturn(payoutId: PayoutId, bankStatus: ReportLine['bankStatus'], bookedOn: string | null): boolean {
    const back = bankStatus === 'paid' ? this.findFirst(payoutId, 'returned')?.tellings[0].bookedOn : undefined;
    return typeof back === 'string' && bookedOn !== null && bookedOn > back;
  }

  private all(): KnownBooking[] {
    return [...this.knowledge.bookings, ...this.fresh];
  }

  private newFingerprint(telling: Telling): string {
    for (let number = 1; ; number += 1) {
      const fingerprint = createHash('sha256')
        .update(`${contentOf(telling)} ${number}`, 'utf8')
        .digest('hex');
      if (this.fingerprints.has(fingerprint)) continue;
      this.fingerprints.add(fingerprint);
      return fingerprint;
    }
  }
}

/** These are the one booking that a payout has had of a kind. */
const COUNTED: ReadonlySet<LineResult> = new Set<LineResult>(['applied', 'matched', 'duplicate', 'late']);

/** Whether a booking is the one that its payout has had of its kind. */
export function isCounted(result: LineResult): boolean {
  return COUNTED.has(result);
}

/**
 * What names a payout and can be applied is compared with the bookings of that payout only; what names none, with all
 * that it has something in common with: what says too little is known again in the same message only.
 */
function mayBeOf(
  target: ReportTarget | null,
  result: LineResult | undefined,
  telling: Telling,
  booking: KnownBooking,
): boolean {
  if (target !== null && booking.payoutId === target.payoutId) return true;
  if (target !== null && (result === 'applied' || booking.payoutId !== null)) return false;
  return hasInCommon(telling, booking) || certainlyTellsAgain(telling, booking);
}

/** What a line says of a booking whose amount is known; null when it is something else. */
export function tellingOf(
  { line, accounts }: ReportItem,
  { reportId, messageId }: Pick<Knowledge, 'reportId' | 'messageId'>,
): Telling | null {
  const amount = minorOf(line);
  if (!line.booked || amount === null || line.currency === null) return null;
  const { status, currency, bookedOn, reference, bankReference, entryReference } = line;
  const charge = minorOf({ amount: line.charge, currency });
  const { own: account, others } = accounts;
  const said = { status, amount, currency, charge, bookedOn, reference, bankReference, entryReference };
  return { reportId, messageId, account, others, ...said };
}

function base(item: ReportItem, target: ReportTarget | null): Omit<Judged, 'result' | 'detail'> {
  return { item, target, payoutId: target?.payoutId ?? null, sameAs: null, fingerprint: null, again: null };
}

function unmatchedIs(result: LineResult): { payoutId?: null } {
  return result === 'unmatched' ? { payoutId: null } : {};
}

function toldAgain(item: ReportItem, target: ReportTarget | null, booking: KnownBooking): Judged {
  const { id, payoutId } = booking;
  const detail = `the same booking as ${id}`;
  return { ...base(item, target), payoutId, result: 'duplicate', detail, sameAs: id, again: booking };
}

function secondDetail(bankStatus: string, before: PayoutState | undefined, first: KnownBooking | undefined): string {
  const what = bankStatus === 'returned' ? 'a second return' : `a second payment by the bank`;
  const after = bankStatus === 'paid' && before === 'returned' ? ', after it was returned' : '';
  return `${what}${after}${first ? `; the first is ${first.id}` : ''}`;
}
