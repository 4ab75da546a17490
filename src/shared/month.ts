import { calendarMonth } from './time-zone.js';

const DAY_MS = 86_400_000;

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

function nextMonth(month: string): string {
  const next = new Date(`${month}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return next.toISOString().slice(0, 7);
}

/** The first moment at which the zone's calendar shows the month; no zone is a whole day away from UTC. */
function monthStart(month: string, timeZone: string): Date {
  let before = Date.parse(`${month}-01T00:00:00Z`) - DAY_MS;
  let within = before + 2 * DAY_MS;
  while (within - before > 1) {
    const middle = before + ((within - before) >> 1);
    if (calendarMonth(new Date(middle), timeZone) >= month) within = middle;
    else before = middle;
  }
  return new Date(within);
}
