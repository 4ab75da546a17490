import type { Language } from '../../../ui/language.js';

const LETTERS = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));
/** Codes that browsers name and that are no country: unions, outlying parts, reserved ones. */
const NO_COUNTRY = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);

/** Countries by name in a language, as options; codes are ISO 3166-1. */
export function countries(language: Language): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .filter((code) => !NO_COUNTRY.has(code) && new Intl.Locale('und', { region: code }).region === code)
    .flatMap((value) => {
      const label = names.of(value);
      return label === undefined ? [] : [{ value, label }];
    })
    .sort((one, other) => one.label.localeCompare(other.label, language));
}
