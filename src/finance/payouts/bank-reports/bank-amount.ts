import { currencyDecimals, isCurrency } from '../../../shared/money.js';

/** An amount as a bank wrote it: decimal text and ISO 4217. */
export interface BankAmount {
  amount: string;
  currency: string;
}

/** A bank's decimal text in minor units; null when it is not an exact amount of that currency. */
export function minorFromBank(amount: string, currency: string): bigint | null {
  const found = /^(\d{1,18})(?:\.(\d{1,17}))?$/.exec(amount);
  if (!found || !isCurrency(currency)) return null;
  const decimals = currencyDecimals(currency);
  const fraction = (found[2] ?? '').replace(/0+$/, '');
  return fraction.length > decimals ? null : BigInt(`${found[1] ?? ''}${fraction.padEnd(decimals, '0')}`);
}

/** The amount in minor units; null when there is none, or none of that currency. */
export function minorOf({ amount, currency }: { amount: string | null; currency: string | null }): bigint | null {
  return amount === null || currency === null ? null : minorFromBank(amount, currency);
}
