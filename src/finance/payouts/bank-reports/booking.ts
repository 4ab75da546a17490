import type { BankReportId } from '../../../shared/ids.js';
/** What one line of a report says of a booking; null where it does not say. */
export interface Telling {
  reportId: BankReportId;
  messageId: string;
  /** The account that was booked on, as a keyed hash. */
  account: string | null;
  /** The bank's status with the sign: `BOOK DBIT`. */
  status: string;
  /** Minor units. */
  amount: bigint;
  currency: string;
  charge: bigint | null;
  /** YYYY-MM-DD. */
  bookedOn: string | null;
  /** Of the payment. */
  reference: string | null;
  /** The bank's names of the booking and of the entry that it is part of. */
  bankReference: string | null;
  entryReference: string | null;
  /** Accounts on the other side, as keyed hashes. */
  others: readonly string[];
}

/** One movement of money at the bank, as far as it has been told. */
export interface Booking {
  /** Every line that told of it, the first one first. */
  tellings: readonly [Telling, ...Telling[]];
  /** The account on the other side by the books, as a keyed hash; null: it is of no payout. */
  payoutAccount: string | null;
}

/** Whether two lines can be about one booking: nothing that both of them say differs. */
export function mayBeSame(one: Telling, other: Telling): boolean {
  return (
    one.status === other.status &&
    one.amount === other.amount &&
    one.currency === other.currency &&
    agree(one.account, other.account) &&
    agree(one.charge, other.charge) &&
    agree(one.bookedOn, other.bookedOn) &&
    agree(one.reference, other.reference) &&
    bankReferencesAgree(one, other) &&
    accountsAgree(one.others, other.others)
  );
}

/** Whether two lines say just the same. */
export function isExact(one: Telling, other: Telling): boolean {
  return contentOf(one) === contentOf(other);
}

/** All that a line says of its booking, as text. */
export function contentOf(telling: Telling): string {
  const { account, status, amount, currency, charge, bookedOn, reference, bankReference, entryReference } = telling;
  const sums = [amount.toString(), charge?.toString() ?? null];
  return JSON.stringify([
    ...sums,
    account,
    status,
    currency,
    bookedOn,
    reference,
    bankReference,
    entryReference,
    telling.others,
  ]);
}

/**
 * Whether a line may tell of a known booking once more: it agrees with every line that told of it, and none of them is in
 * the same report, since two entries of one report are two bookings.
 */
export function mayTellAgain(telling: Telling, { tellings, payoutAccount }: Booking): boolean {
  return (
    tellings.every((told) => told.reportId !== telling.reportId && mayBeSame(told, telling)) &&
    (tellings.some((told) => shareAccount(told.others, telling.others)) ||
      accountsAgree(payoutAccount === null ? [] : [payoutAccount], telling.others))
  );
}

/** Whether a line has something in common with a booking that tells it from others: a reference, or an account that it went to. */
export function hasInCommon(telling: Telling, { tellings, payoutAccount }: Booking): boolean {
  return tellings.some(
    (told) =>
      (told.reference !== null && told.reference === telling.reference) ||
      namesOf(told).some((name) => namesOf(telling).includes(name)) ||
      shareAccount([...told.others, ...(payoutAccount === null ? [] : [payoutAccount])], telling.others),
  );
}

/** Whether a line certainly tells of a booking again: by the bank's own name of it, or in the same message. */
export function certainlyTellsAgain(telling: Telling, { tellings }: Booking): boolean {
  return tellings.some(
    (told) =>
      namesOf(told).some((name) => namesOf(telling).includes(name)) ||
      (told.messageId === telling.messageId && isExact(told, telling)),
  );
}

/**
 * Finds for each line the known booking that it tells of again, or null. Lines that say just what was said before come
 * first, so that one that says less does not take their place. `mayBe`: which bookings a line can be about at all. What a
 * line has found is no longer there for the lines after it.
 */
export function tellAgain<B extends Booking>(
  lines: readonly { telling: Telling; mayBe: (booking: B) => boolean }[],
  bookings: readonly B[],
): (B | null)[] {
  const found = new Map<number, B>();
  const taken = new Set<B>();
  const byContent = new Map<string, B[]>();
  for (const booking of bookings)
    for (const content of new Set(booking.tellings.map(contentOf)))
      byContent.set(content, [...(byContent.get(content) ?? []), booking]);
  const byAmount = new Map<string, B[]>();
  for (const booking of bookings) {
    const key = amountKey(booking.tellings[0]);
    byAmount.set(key, [...(byAmount.get(key) ?? []), booking]);
  }
  for (const candidatesOf of [
    (telling: Telling) => byContent.get(contentOf(telling)),
    (telling: Telling) => byAmount.get(amountKey(telling)),
  ])
    lines.forEach(({ telling, mayBe }, at) => {
      if (found.has(at)) return;
      const booking = candidatesOf(telling)?.find((one) => !taken.has(one) && mayBe(one) && mayTellAgain(telling, one));
      if (!booking) return;
      taken.add(booking);
      found.set(at, booking);
    });
  return lines.map((_, at) => found.get(at) ?? null);
}

function amountKey({ status, amount, currency }: Telling): string {
  return `${status} ${amount.toString()} ${currency}`;
}

function agree<T>(one: T | null, other: T | null): boolean {
  return one === null || other === null || one === other;
}

function bankReferencesAgree(one: Telling, other: Telling): boolean {
  if (!agree(one.bankReference, other.bankReference) || !agree(one.entryReference, other.entryReference)) return false;
  const [names, others] = [namesOf(one), namesOf(other)];
  return names.length === 0 || others.length === 0 || names.some((name) => others.includes(name));
}

function namesOf({ bankReference, entryReference }: Telling): string[] {
  return [bankReference, entryReference].filter((name) => name !== null);
}

function accountsAgree(one: readonly string[], other: readonly string[]): boolean {
  return one.length === 0 || other.length === 0 || shareAccount(one, other);
}

function shareAccount(one: readonly string[], other: readonly string[]): boolean {
  return one.some((account) => other.includes(account));
}
