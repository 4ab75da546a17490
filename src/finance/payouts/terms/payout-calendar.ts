/** On which days banks rest: Saturdays, Sundays and holidays. */
export interface BankHolidays {
  /** YYYY-MM-DD; with Saturdays and Sundays they are no business days. */
  holidays?: readonly string[];
  /** YYYY-MM-DD: weekend days on which banks work all the same. */
  workingDays?: readonly string[];
}

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

const DAY_MS = 86_400_000;
/** No calendar has a longer pause: a month, and all the holidays that a list may hold. */
const HORIZON_DAYS = 800;

/** The first due date after a moment; null when holidays leave none. */
export function nextDue(calendar: PayoutCalendar, after: Date): DueDate | null {
  const isDue = dueDays(calendar);
  const first = dayNumber(localDay(calendar.timeZone, after)) - 1;
  for (let day = first; day < first + HORIZON_DAYS; day += 1) {
    if (!isDue(day)) continue;
    const on = isoDay(day);
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
function dueDays({ weekdays = [], monthDays = [], shift, ...banks }: PayoutCalendar): (day: number) => boolean {
  const isBusiness = businessDays(banks);
  const isNamed = (day: number) => weekdays.includes(weekday(day)) || isMonthDay(day, monthDays);
  return (day) => {
    if (shift === 'none') return isNamed(day);
    if (!isBusiness(day)) return false;
    if (isNamed(day)) return true;
    const step = shift === 'next' ? -1 : 1;
    for (let off = day + step; !isBusiness(off); off += step) if (isNamed(off)) return true;
    return false;
  };
}

/** Whether banks work on a day, YYYY-MM-DD. */
export function isBankingDay(banks: BankHolidays, day: string): boolean {
  return businessDays(banks)(dayNumber(day));
}

/** The first day on which banks work, from this one on; this one itself when a list of holidays leaves none. */
export function nextBankingDay(banks: BankHolidays, day: string): string {
  const isBusiness = businessDays(banks);
  const first = dayNumber(day);
  for (let at = first; at < first + HORIZON_DAYS; at += 1) if (isBusiness(at)) return isoDay(at);
  return day;
}

function businessDays({ holidays, workingDays }: BankHolidays): (day: number) => boolean {
  const closed = new Set(holidays);
  const working = new Set(workingDays);
  return (day) => working.has(isoDay(day)) || (weekday(day) <= 5 && !closed.has(isoDay(day)));
}

function isMonthDay(day: number, monthDays: readonly number[]): boolean {
  const date = new Date(day * DAY_MS).getUTCDate();
  const isLast = new Date((day + 1) * DAY_MS).getUTCDate() === 1;
  return monthDays.some((named) => named === date || (isLast && named > date));
}

/** 1 is Monday. Day 0 was a Thursday. */
function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Whether a day of this form (YYYY-MM-DD) is in the calendar: the 30th of February is not. */
export function isCalendarDay(iso: string): boolean {
  const day = dayNumber(iso);
  return !Number.isNaN(day) && isoDay(day) === iso;
}

function dayNumber(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / DAY_MS;
}

function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The moment of a local time. */
function instantOf(timeZone: string, on: string, time: string): Date {
  const wanted = Date.parse(`${on}T${time}:00Z`);
  const offsetAt = (ms: number) => Date.parse(`${localTime(timeZone, new Date(ms))}Z`) - ms;
  const [before, after] = [offsetAt(wanted - DAY_MS), offsetAt(wanted + DAY_MS)];
  const fits = [before, after].filter((offset) => offsetAt(wanted - offset) === offset);
  // Skipped by the clocks: by the old offset it comes as much later as was skipped.
  return new Date(wanted - (fits.length === 0 ? before : (fits[0] ?? before)));
}

/** The calendar day of a moment in a time zone, YYYY-MM-DD. */
export function localDay(timeZone: string, at: Date): string {
  return localTime(timeZone, at).slice(0, 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** YYYY-MM-DDTHH:MM:SS in a time zone. */
function localTime(timeZone: string, at: Date): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(timeZone, format);
  }
  return format.format(at).replace(' ', 'T');
}
