import { Temporal } from 'temporal-polyfill';

/** What readers know things by: the merchant by the display name, times by the clocks of the storefront. */
export interface Names {
  merchant: string;
  timeZone: string;
}

/** "2026年11月27日 16:04", where clocks show that zone's time. */
export function chineseTime(at: Date, timeZone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  const clock = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${local.year.toString()}年${local.month.toString()}月${local.day.toString()}日 ${clock}`;
}

/** "2026-05" → "2026年5月". */
export function chineseMonth(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${year}年${Number(number).toString()}月`;
}
