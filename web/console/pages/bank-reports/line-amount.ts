import { amount, minorOf } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import type { Line } from './line-columns.js';

/** The amount of a line in minor units; null: it has none, or not one of its currency. */
export function minorOfLine({ amount: text, currency }: Line): number | null {
  return text === null || currency === null ? null : minorOf(text, currency);
}

/** The amount of a line for titles and buttons. */
export function useLineAmount(): (line: Line) => string {
  const { language } = useLanguage();
  return (line) => {
    const minor = minorOfLine(line);
    if (minor !== null && line.currency !== null) return amount(minor, line.currency, language);
    return [line.amount, line.currency].filter(Boolean).join(' ');
  };
}
