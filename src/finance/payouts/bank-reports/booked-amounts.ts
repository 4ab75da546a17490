import { formatMinor } from '../../../shared/money.js';
import { minorOf, type BankAmount } from './bank-amount.js';
import { amountOf, child, list, text, type Node } from './report-xml.js';

/** What was booked for one payment. */
export interface BookedAmounts {
  /** Of the payment, without charges. */
  amount: string | null;
  currency: string | null;
  /** What the bank took on top of the payment within the same booking. */
  charge: string | null;
}

/**
 * The amounts of a transaction. What was booked is the amount of the entry when the transaction is alone in it, else the
 * transaction's own; one that has none falls back to `InstdAmt` and `TxAmt`. A debit that is the payment and the charges
 * that the bank names is split into the two. `entry`: given when the transaction is alone in it.
 */
export function amountsOf(tx: Node, entry: Node | null, isDebit: boolean): BookedAmounts {
  const levels = entry === null ? [tx] : [tx, entry];
  const own = amountOf(tx, 'Amt');
  const details = levels.flatMap((level) => [
    amountOf(level, 'AmtDtls', 'InstdAmt', 'Amt'),
    amountOf(level, 'AmtDtls', 'TxAmt', 'Amt'),
  ]);
  const named = [own, ...details].filter((one) => one !== undefined);
  const booked = entry === null ? own : amountOf(entry, 'Amt');
  // Booked in another currency than it was paid in: the payment's own amount is what can be compared.
  const [first] = named;
  if (!booked || (first && first.currency !== booked.currency)) return { ...(first ?? NOTHING), charge: null };
  const charged = isDebit ? withoutCharges(booked, named, levels.map(chargesOf)) : null;
  return charged ?? { ...booked, charge: null };
}

/** What the entry leaves for those of its payments that have no amount; null when that cannot be told. */
export function restOf(entry: Node, lines: readonly BookedAmounts[]): BankAmount | null {
  const booked = amountOf(entry, 'Amt');
  const total = booked ? minorOf(booked) : null;
  if (!booked || total === null) return null;
  let rest = total;
  for (const line of lines) {
    if (line.amount === null) continue;
    const minor = line.currency === booked.currency ? minorOf(line) : null;
    if (minor === null) return null;
    rest -= minor + (minorOf({ amount: line.charge, currency: line.currency }) ?? 0n);
  }
  return rest > 0n ? { amount: formatMinor(rest, booked.currency), currency: booked.currency } : null;
}

const NOTHING = { amount: null, currency: null };

/** `booked` as payment and charge, when one of the amounts that the bank names and its charges make it up exactly. */
function withoutCharges(
  booked: BankAmount,
  named: readonly BankAmount[],
  charges: readonly (readonly BankAmount[])[],
): BookedAmounts | null {
  const total = minorOf(booked);
  for (const records of charges)
    for (const one of named) {
      const payment = one.currency === booked.currency ? minorOf(one) : null;
      const charge = sumOf(records, booked.currency);
      if (total === null || payment === null || charge === null || charge === 0n) continue;
      if (payment > 0n && payment + charge === total) return { ...one, charge: formatMinor(charge, booked.currency) };
    }
  return null;
}

/** Charges that a level names, however its version of the message does; credits are none. */
function chargesOf(level: Node): BankAmount[] {
  return list(level, 'Chrgs').flatMap((charges) => {
    const records = [charges, ...list(charges, 'Rcrd')].filter((one) => text(one, 'CdtDbtInd') !== 'CRDT');
    const amounts = records.flatMap((record) => amountOf(record, 'Amt') ?? []);
    const total = amountOf(charges, 'TtlChrgsAndTaxAmt');
    return amounts.length === 0 && total ? [total] : amounts;
  });
}

function sumOf(amounts: readonly BankAmount[], currency: string): bigint | null {
  let sum = 0n;
  for (const one of amounts) {
    const minor = one.currency === currency ? minorOf(one) : null;
    if (minor === null) return null;
    sum += minor;
  }
  return sum;
}

/** Whether a bank transaction code, of ISO 20022 or of the bank's own, is that of charges and not of a payment. */
export function isOfCharges(level: Node): boolean {
  const family = child(level, 'BkTxCd', 'Domn', 'Fmly');
  if (CHARGES.has(text(family, 'Cd') ?? '') || CHARGES.has(text(family, 'SubFmlyCd') ?? '')) return true;
  return OWN_CHARGES.test(text(level, 'BkTxCd', 'Prtry', 'Cd') ?? '');
}

/** Families and sub-families of the external code list: charges, fees and commissions. */
const CHARGES = new Set('CHRG FEES COMM COME COMI COMT'.split(' '));
const OWN_CHARGES = /(^|[^A-Z])(N?CHG|N?COM|CHRGS?|CHARGES?|FEES?)([^A-Z]|$)/i;
