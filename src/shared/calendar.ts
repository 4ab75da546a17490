import { Temporal } from 'temporal-polyfill';

/** Milliseconds of 24 hours: for periods, not for days of a calendar. */
export const DAY_MS = 86_400_000;

/** The moment `days` times 24 hours after `at`. */
export function afterDays(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY_MS);
}

const NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

/** Whether `value` names a time zone of the IANA database, such as Asia/Shanghai or UTC. */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 64 || !NAME.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** The calendar day of a moment where clocks show that zone's time, YYYY-MM-DD. Throws RangeError on an unknown zone. */
export function localDay(timeZone: string, at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The calendar month of a moment where clocks show that zone's time: "2026-05". Throws RangeError on an unknown zone. */
export function calendarMonth(at: Date, timeZone: string): string {
  return localDay(timeZone, at).slice(0, 7);
}

/** The moments of a calendar month: from its first until the first of the next, which is not a part of it. */
export interface MonthRange {
  from: Date;
  to: Date;
}

/** A calendar month, "2026-05", where clocks show that zone's time. */
export function monthRange(month: string, timeZone: string): MonthRange {
  return { from: monthStart(month, timeZone), to: monthStart(nextMonth(month), timeZone) };
}

/** Every calendar month from the one of `first` to the one of `last`, the oldest first. */
export function monthsBetween(first: Date, last: Date, timeZone: string): string[] {
  const end = calendarMonth(last, timeZone);
  const months: string[] = [];
  for (let month = calendarMonth(first, timeZone); month <= end; month = nextMonth(month)) months.push(month);
  return months;
}

/** Whether a day of this form (YYYY-MM-DD) is in the calendar: the 30th of February is not. */
export function isCalendarDay(day: string): boolean {
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' }).toString() === day;
  } catch {
    return false;
  }
}

/** The day `days` days after another of the calendar; before it, when below zero. Both YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

/** The day of its month, and how many days that has. */
export function dayOfMonth(day: string): { day: number; of: number } {
  const date = Temporal.PlainDate.from(day);
  return { day: date.day, of: date.daysInMonth };
}

/** The moment of a local time, HH:MM. One that the clocks skip comes that much later; of one that comes twice the first counts. */
export function instantOf(timeZone: string, day: string, time: string): Date {
  const local = Temporal.PlainDateTime.from(`${day}T${time}`);
  return new Date(local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds);
}

function nextMonth(month: string): string {
  return Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString();
}

function monthStart(month: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(`${month}-01`).toZonedDateTime(timeZone).epochMilliseconds);
}
