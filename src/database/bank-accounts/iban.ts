import { countrySpecs, isSEPACountry, isValidIBAN } from 'ibantools';

/** In the SWIFT IBAN registry (release 99), but not marked so by ibantools, which knows their structure. */
const REGISTERED_TOO: ReadonlySet<string> = new Set(['BI', 'DJ', 'FK', 'HN']);

/**
 * Whose IBANs are used in territories with a country code of their own: "FR includes …", "FI includes …" and "GB includes
 * …" of the same registry. Svalbard and Jan Mayen have Norwegian banks.
 */
const BANKS_OF: Readonly<Record<string, string>> = {
  ...{ AX: 'FI', SJ: 'NO', GG: 'GB', IM: 'GB', JE: 'GB' },
  ...{
    BL: 'FR',
    GF: 'FR',
    GP: 'FR',
    MF: 'FR',
    MQ: 'FR',
    NC: 'FR',
    PF: 'FR',
    PM: 'FR',
    RE: 'FR',
    TF: 'FR',
    WF: 'FR',
    YT: 'FR',
  },
};

/** Joined the SEPA schemes in 2024 and 2025 (EPC409-09), after the list of ibantools. */
const SEPA_TOO: ReadonlySet<string> = new Set(['AL', 'MD', 'ME', 'MK', 'RS']);

/** The country letters that IBANs of accounts in a country begin with; null: the country has no IBANs. */
export function ibanCountry(country: string): string | null {
  const banks = BANKS_OF[country] ?? country;
  return countrySpecs[banks]?.IBANRegistry === true || REGISTERED_TOO.has(banks) ? banks : null;
}

/** Whether a normalised number is an IBAN: a country of the registry, its structure, and its check digits. */
export function isIban(number: string): boolean {
  const country = number.slice(0, 2);
  if (ibanCountry(country) !== country) return false;
  return REGISTERED_TOO.has(country) ? hasIbanForm(number) && hasCheckDigits(number) : isValidIBAN(number);
}

/** Whether a normalised number has the length and structure of its letters' IBANs, whatever its check digits. */
export function hasIbanForm(number: string): boolean {
  const country = number.slice(0, 2);
  const spec = countrySpecs[country];
  if (ibanCountry(country) !== country || !spec?.chars || !spec.bban_regexp) return false;
  return (
    number.length === spec.chars &&
    /^\d\d$/.test(number.slice(2, 4)) &&
    new RegExp(spec.bban_regexp).test(number.slice(4))
  );
}

/** Whether the check digits of letters, two digits and the rest are right (ISO 13616: ISO 7064 MOD 97-10). */
export function hasCheckDigits(number: string): boolean {
  const digits = (number.slice(4) + number.slice(0, 4)).replace(/[A-Z]/g, (letter) => parseInt(letter, 36).toString());
  return /^\d+$/.test(digits) && BigInt(digits) % 97n === 1n;
}

/** Whether an IBAN can be paid to in euros by SEPA. */
export function isSepaIban(number: string): boolean {
  const country = number.slice(0, 2);
  return isIban(number) && (isSEPACountry(country) || SEPA_TOO.has(country));
}
