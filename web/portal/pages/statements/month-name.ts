import type { Language } from '../../../ui/language.js';

/** `2026-03` as people write it. */
export function monthName(month: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}
