import type { Language } from '../../../ui/language.js';
import { useLanguage } from '../../../ui/language.js';
import { useWords } from '../../words.js';

/** A Monday, from which the names of weekdays are told. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** The name of a weekday, 1 (Monday) to 7 (Sunday). */
export function weekdayName(day: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(MONDAY + (day - 1) * DAY_MS);
}

interface Days {
  weekdays?: number[] | null;
  monthDays?: number[] | null;
}

/** The days of a schedule in words. */
export function useDaysText(): (days: Days) => string {
  const texts = useWords().pages.payoutTerms;
  const { language } = useLanguage();
  return ({ weekdays, monthDays }) => {
    const list = new Intl.ListFormat(language, { type: 'conjunction' });
    return weekdays && weekdays.length > 0
      ? texts.every(list.format(weekdays.map((day) => weekdayName(day, language))))
      : texts.monthly(list.format((monthDays ?? []).map(String)));
  };
}
