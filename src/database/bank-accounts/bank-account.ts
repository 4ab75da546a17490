import { countrySpecs, isValidBIC } from 'ibantools';
import { hasCheckDigits, hasIbanForm, ibanCountry, isIban } from './iban.js';

/** A bank account as it was given. The number is in clear: never log, queue, or put it into an error. */
export interface BankAccountDetails {
  holder: string;
  /** The holder in Latin letters, as they write it; null: banks get the transliterated name. */
  holderLatin: string | null;
  /** Where the holder lives or is seated, in Latin letters; null: not given. */
  town: string | null;
  number: string;
  bankName: string | null;
  bic: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** Countries that a bank account may be in (ISO 3166-1 alpha-2). */
export const BANK_COUNTRIES: readonly string[] = Object.keys(countrySpecs).sort();

/**
 * What people put between the characters of a number: spaces of all kinds, dashes, dots, and invisible characters. Also for the
 * patterns of forms, with the `u` flag.
 */
export const NUMBER_SEPARATORS =
  '\\s\\p{Z}\\p{Pd}\\u00AD\\u200B-\\u200D\\u2060\\u2212\\uFEFF.\\u00B7\\u2022\\u2027\\uFF0E';
const SEPARATOR = new RegExp(`[${NUMBER_SEPARATORS}]`, 'gu');

/** The number as stored and compared: without separators or `IBAN:` in front, in half-width capitals. */
export function normaliseAccountNumber(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(SEPARATOR, '')
    .toUpperCase()
    .replace(/^IBAN:?(?=[A-Z]{2}\d\d)/, '');
}

/**
 * What is wrong with an account number, or null: an IBAN of the country where it uses them, else 4–34 letters and digits
 * which are no IBAN of another country and, where they begin as an IBAN of this one would, have its check digits.
 */
export function accountNumberFault(typed: string, country: string): string | null {
  const number = normaliseAccountNumber(typed);
  if (!/^[A-Z0-9]{4,34}$/.test(number)) return 'must be 4 to 34 letters and digits';
  const letters = ibanCountry(country);
  if (letters !== null) {
    if (!number.startsWith(letters)) return `must be an IBAN that begins with ${letters}`;
    return isIban(number) ? null : 'is not a valid IBAN: a digit may be wrong or missing';
  }
  if (hasIbanForm(number)) return `is an IBAN of ${number.slice(0, 2)}, and the account is said to be in ${country}`;
  const isOwn = number.startsWith(country) && /^\d\d/.test(number.slice(2));
  return isOwn && !hasCheckDigits(number) ? 'has wrong check digits: a digit may be wrong or missing' : null;
}

/** What is wrong with a BIC (ISO 9362), or null. */
export function bicFault(typed: string): string | null {
  return isValidBIC(typed.toUpperCase()) ? null : 'is not a BIC (8 or 11 letters and digits)';
}

/** What a person should look at before an account is approved. */
export interface BankAccountWarning {
  code: 'bic-of-another-country';
  detail: string;
}

/** What does not fit together, but may be right all the same: some banks have one BIC for several countries. */
export function bankAccountWarnings({
  bic,
  country,
}: Pick<BankAccountDetails, 'bic' | 'country'>): BankAccountWarning[] {
  const bank = bic?.slice(4, 6);
  if (bank === undefined || bank === country || bank === ibanCountry(country)) return [];
  return [{ code: 'bic-of-another-country', detail: `The BIC is of a bank in ${bank}, the account is in ${country}.` }];
}

/** The details in the form in which they are stored. */
export function normaliseBankAccount(given: BankAccountDetails): BankAccountDetails {
  return { ...given, number: normaliseAccountNumber(given.number), bic: given.bic?.toUpperCase() ?? null };
}

/** What may be shown of a number: its last four, of a short one its second half at most. */
export function shownEnd(number: string): string {
  return number.slice(-Math.min(4, Math.floor(number.length / 2)));
}
