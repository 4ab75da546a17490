import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import { addDays, DAY_MS, weekdayOf } from '../../../shared/calendar.js';
import type { BankHolidays, DefaultBankDays, DefaultYear } from './payout-calendar.js';

/** Where payments in a currency are settled decides; see docs/finance.md, “On which days banks work”. */
const TARGET = 'TARGET';

/**
 * TARGET is closed on these days besides weekends, “from 2002 until further notice”: European Central Bank, press release
 * of 14 December 2000, “Long-term calendar for TARGET closing days”. In the grammar of date-holidays.
 */
const TARGET_CLOSING_DAYS: Readonly<Record<string, string>> = {
  '01-01': "New Year's Day",
  'easter -2': 'Good Friday',
  'easter 1': 'Easter Monday',
  '05-01': 'Labour Day',
  '12-25': 'Christmas Day',
  '12-26': '26 December',
};

/** The library's table of Islamic months ends in 2077; later years would lack their holidays without a word. */
const LAST_YEAR_OF_A_COUNTRY = 2076;

const loaded = new Map<string, Promise<DefaultBankDays>>();

/**
 * What the kept libraries say of a currency's banks. They are loaded when they are asked for first, once a process; again
 * when that failed.
 */
export function defaultBankDays(currency: string): Promise<DefaultBankDays> {
  const known = loaded.get(currency);
  if (known) return known;
  const days = load(currency);
  loaded.set(currency, days);
  days.catch(() => loaded.delete(currency));
  return days;
}

/** What people keep, on top of the default of their currency. */
export async function onDefaults<T extends BankHolidays>(currency: string, days: T): Promise<T> {
  return { ...days, defaults: await defaultBankDays(currency) };
}

async function load(currency: string): Promise<DefaultBankDays> {
  if (currency === 'CNY') return byYear('CN', chineseYears());
  const { default: Library } = await import('date-holidays');
  if (currency === 'EUR') {
    const target = new Library();
    for (const [rule, en] of Object.entries(TARGET_CLOSING_DAYS))
      target.setHoliday(rule, { name: { en }, type: 'bank' });
    return byYear(TARGET, (year) => closedDays(target, year));
  }
  // ISO 4217 begins a currency's code with its country's, and those of no country with X, which no country does.
  const country = currency.slice(0, 2);
  if (!Object.hasOwn(new Library().getCountries(), country)) return byYear(null, () => null);
  const holidays = new Library(country, { types: ['public', 'bank'] });
  return byYear(country, (year) => (year > LAST_YEAR_OF_A_COUNTRY ? null : closedDays(holidays, year, country)));
}

/** What chinese-days publishes for every language: by day, “National Day,国庆节,3”. */
interface ChineseDays {
  holidays: Readonly<Record<string, string>>;
  /** 调休: weekend days on which China works. */
  workdays: Readonly<Record<string, string>>;
}

/**
 * Holidays and make-up working days as the State Council published them; null for a year of which it has not. From the
 * library's data: its functions take a date for midnight UTC, which is the day before where clocks are behind it.
 */
function chineseYears(): (year: number) => DefaultYear {
  const { holidays, workdays } = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as ChineseDays;
  return (year) => {
    const days = new Map<string, { open: boolean; name: string }>();
    for (const [open, named] of [
      [false, holidays],
      [true, workdays],
    ] as const)
      for (const [day, text] of Object.entries(named)) {
        const [en, zh] = text.split(',');
        if (day.startsWith(`${year}-`)) days.set(day, { open, name: `${en} ${zh}${open ? '（调休）' : ''}` });
      }
    return days.size > 0 ? days : null;
  };
}

function closedDays(holidays: Holidays, year: number, country?: string): DefaultYear {
  const days = new Map<string, { open: boolean; name: string }>();
  // The year before too: some holidays are longer than a day.
  for (const { date, start, end, name, substitute } of [year - 1, year].flatMap((of) =>
    holidays.getHolidays(of, 'en'),
  )) {
    // Half a day off is a day on which banks work.
    if (!date.includes(' 00:00:00')) continue;
    const first = date.slice(0, 10);
    // “For holidays falling on Saturday, Federal Reserve Banks will be open the preceding Friday.”
    if (country === 'US' && substitute && weekdayOf(first) === 5) continue;
    const length = Math.round((end.getTime() - start.getTime()) / DAY_MS);
    for (let n = 0; n < length; n += 1) {
      const day = addDays(first, n);
      if (day.startsWith(`${year}-`) && !days.has(day)) days.set(day, { open: false, name });
    }
  }
  return days;
}

function byYear(calendar: string | null, read: (year: number) => DefaultYear): DefaultBankDays {
  const years = new Map<number, DefaultYear>();
  return {
    calendar,
    ofYear: (year) => {
      const known = years.get(year);
      if (known !== undefined) return known;
      const days = read(year);
      years.set(year, days);
      return days;
    },
  };
}
