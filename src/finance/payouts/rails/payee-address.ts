import { ibanCountry } from '../../../database/index.js';

interface Payee {
  /** Of the account, ISO 3166-1 alpha-2. */
  country: string;
  townSent?: string | null;
}

/** The payee's address in a payment across a border: town and country, or null, for banks refuse half a structured address. */
export function payeeAddress({ country, townSent }: Payee, debtor: { country: string }) {
  return country === debtor.country || !townSent ? null : { town: townSent, country };
}

/** Whether a bank is likely to miss the address that a payment goes without. SEPA needs none. */
export function lacksAddress(payee: Payee & { currency: string }, debtor: { country: string }): boolean {
  const sepa = payee.currency === 'EUR' && ibanCountry(debtor.country) !== null;
  return !sepa && payee.country !== debtor.country && payeeAddress(payee, debtor) === null;
}
