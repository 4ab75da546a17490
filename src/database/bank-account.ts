import { countrySpecs, isValidBIC, isValidIBAN } from 'ibantools';

/** A bank account as somebody gave it. The number is in clear: never log, queue, or put it into an error. */
export interface BankAccountDetails {
  holder: string;
  number: string;
  bankName: string | null;
  bic: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** Countries that a bank account may be in (ISO 3166-1 alpha-2). */
export const BANK_COUNTRIES: readonly string[] = Object.keys(countrySpecs).sort();

/** Whether accounts of the country have an IBAN, by the SWIFT IBAN registry. */
export function usesIban(country: string): boolean {
  return countrySpecs[country]?.IBANRegistry === true;
}

/** The number as stored and compared: without spaces and dashes, in capitals. */
export function normaliseAccountNumber(typed: string): string {
  return typed.replace(/[ -]/g, '').toUpperCase();
}

/** What is wrong with an account number, or null: an IBAN of the country where it uses them, else 4–34 letters and digits. */
export function accountNumberFault(typed: string, country: string): string | null {
  const number = normaliseAccountNumber(typed);
  if (!/^[A-Z0-9]{4,34}$/.test(number)) return 'must be 4 to 34 letters and digits';
  if (!usesIban(country)) return null;
  if (!number.startsWith(country)) return `must be an IBAN that begins with ${country}`;
  return isValidIBAN(number) ? null : 'is not a valid IBAN: a digit may be wrong or missing';
}

/** What is wrong with a BIC (ISO 9362), or null. */
export function bicFault(typed: string): string | null {
  return isValidBIC(typed.toUpperCase()) ? null : 'is not a BIC (8 or 11 letters and digits)';
}

/** The details in the form in which they are stored. */
export function normaliseBankAccount(given: BankAccountDetails): BankAccountDetails {
  return { ...given, number: normaliseAccountNumber(given.number), bic: given.bic?.toUpperCase() ?? null };
}

/** What may be shown of a number: its last four, of a short one its second half at most. */
export function shownEnd(number: string): string {
  return number.slice(-Math.min(4, Math.floor(number.length / 2)));
}
