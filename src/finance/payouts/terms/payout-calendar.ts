import { addDays, dayOfMonth, instantOf, localDay, weekdayOf } from '../../../shared/calendar.js';

/** On which days banks rest. Who says so, the first that does: the operator, the default, the week (Monday to Friday). */
export interface BankHolidays {
  /** YYYY-MM-DD: by the operator, banks rest. */
  holidays?: readonly string[];
  /** YYYY-MM-DD: by the operator, banks work; wins over `holidays`. */
  workingDays?: readonly string[];
  /** Absent: only the week and the operator count. */
  defaults?: DefaultBankDays;
}

/** What is known of a currency's banks without an operator. */
export interface DefaultBankDays {
  /** Which: CN, TARGET, or another country of ISO 3166; null when there is none for the currency. */
  calendar: string | null;
  ofYear(year: number): DefaultYear;
}

/** The days of a year on which a default says more than the week does, YYYY-MM-DD; null when it does not know the year. */
export type DefaultYear = ReadonlyMap<string, { open: boolean; name: string }> | null;

/** A day of which more is said than the week does: whether banks work, and who says so. */
export interface BankDay {
  day: string;
  open: boolean;
  from: 'operator' | 'default';
  /** The default's word for the day, also where the operator's counts; null when it has none. */
  name: string | null;
}

/** How far ahead a bank may be asked to pay. */
export const LATEST_DAYS = 90;

/** When something falls due: on weekdays or days of the month, at a local time, around the days on which banks rest. */
export interface PayoutCalendar extends BankHolidays {
  /** IANA name. */
  timeZone: string;
  /** Local, HH:MM. One that a change of clocks skips comes that much later; of one that comes twice the first counts. */
  time: string;
  /** 1 is Monday, 7 Sunday. */
  weekdays?: readonly number[];
  /** 1–31, instead of weekdays; a day that a month lacks is its last, so 31 is always the last. */
  monthDays?: readonly number[];
  /** Where a due date goes that is no business day; `none` leaves it. */
  shift: Shift;
}

export const SHIFTS = ['next', 'previous', 'none'] as const;
export type Shift = (typeof SHIFTS)[number];

export interface DueDate {
  /** Local calendar day, YYYY-MM-DD. */
  on: string;
  at: Date;
}

/** No calendar has a longer pause: a month, and all the holidays that a list may hold. */
const HORIZON_DAYS = 800;

/** The first due date after a moment; null when holidays leave none. */
export function nextDue(calendar: PayoutCalendar, after: Date): DueDate | null {
  const isDue = dueDays(calendar);
  for (const on of daysFrom(addDays(localDay(calendar.timeZone, after), -1))) {
    if (!isDue(on)) continue;
    const at = instantOf(calendar.timeZone, on, calendar.time);
    if (at > after) return { on, at };
  }
  return null;
}

/** The latest due date from `from` until `now`, and how many there were; null when there was none. */
export function latestDue(calendar: PayoutCalendar, from: Date, now: Date): (DueDate & { count: number }) | null {
  let latest: DueDate | null = null;
  let count = 0;
  for (
    let due = nextDue(calendar, new Date(from.getTime() - 1));
    due && due.at <= now;
    due = nextDue(calendar, due.at)
  ) {
    latest = due;
    count += 1;
  }
  return latest && { ...latest, count };
}

/** Which days are due, after shifting. A business day is due when it, or a day off that is shifted to it, is named. */
function dueDays({ weekdays = [], monthDays = [], shift, ...banks }: PayoutCalendar): (day: string) => boolean {
  const isBusiness = businessDays(banks);
  const isNamed = (day: string) => weekdays.includes(weekdayOf(day)) || isMonthDay(day, monthDays);
  return (day) => {
    if (shift === 'none') return isNamed(day);
    if (!isBusiness(day)) return false;
    if (isNamed(day)) return true;
    const step = shift === 'next' ? -1 : 1;
    for (let off = addDays(day, step); !isBusiness(off); off = addDays(off, step)) if (isNamed(off)) return true;
    return false;
  };
}

/** The days of a year of which the operator or the default says anything, the first first. */
export function namedBankDays(banks: BankHolidays, year: number): BankDay[] {
  const { holidays = [], workingDays = [], defaults } = banks;
  const named = [...holidays, ...workingDays].filter((day) => yearOf(day) === year);
  const days = new Set([...named, ...(defaults?.ofYear(year)?.keys() ?? [])]);
  const find = bankDays(banks);
  return [...days].sort().flatMap((day) => find(day) ?? []);
}

/** The years of which the default knows nothing, among those in which a bank can be asked today to pay. */
export function unknownYears(banks: BankHolidays, today: string): number[] {
  const unknown = [today, addDays(today, LATEST_DAYS)].filter((day) => !isKnownYear(banks, day));
  return [...new Set(unknown.map(yearOf))];
}

/** Whether the default knows the year of a day. */
export function isKnownYear({ defaults }: BankHolidays, day: string): boolean {
  return Boolean(defaults?.ofYear(yearOf(day)));
}

/** Whether banks work on a day, YYYY-MM-DD. */
export function isBankingDay(banks: BankHolidays, day: string): boolean {
  return businessDays(banks)(day);
}

/** The first day on which banks work, from this one on; this one itself when a list of holidays leaves none. */
export function nextBankingDay(banks: BankHolidays, day: string): string {
  const isBusiness = businessDays(banks);
  for (const at of daysFrom(day)) if (isBusiness(at)) return at;
  return day;
}

function businessDays(banks: BankHolidays): (day: string) => boolean {
  const find = bankDays(banks);
  return (day) => find(day)?.open ?? weekdayOf(day) <= 5;
}

function bankDays({ holidays, workingDays, defaults }: BankHolidays): (day: string) => BankDay | null {
  const closed = new Set(holidays);
  const working = new Set(workingDays);
  return (day) => {
    const said = defaults?.ofYear(yearOf(day))?.get(day);
    const name = said?.name ?? null;
    if (working.has(day) || closed.has(day)) return { day, open: working.has(day), from: 'operator', name };
    return said ? { day, open: said.open, from: 'default', name } : null;
  };
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

function isMonthDay(day: string, monthDays: readonly number[]): boolean {
  const { day: date, of } = dayOfMonth(day);
  return monthDays.some((named) => named === date || (date === of && named > date));
}

/** As many days as a calendar may have to be looked through. */
function* daysFrom(first: string): Generator<string> {
  for (let days = 0; days < HORIZON_DAYS; days += 1) yield addDays(first, days);
}
