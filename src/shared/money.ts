import currencyCodes from 'currency-codes';

/** Amounts are bigint minor units; this is the largest that is exact as a JSON integer. */
export const MAX_AMOUNT = BigInt(Number.MAX_SAFE_INTEGER);

/** Basis points in a whole: a rate of 10,000 bps is 100 %. */
export const BPS = 10_000n;

/** Whether `code` is an ISO 4217 currency, in capitals. */
export function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code) && currencyCodes.code(code) !== undefined;
}

/** Number of decimals of an ISO 4217 currency (CNY 2, JPY 0, KWD 3). Throws RangeError on an unknown one. */
export function currencyDecimals(code: string): number {
  const record = isCurrency(code) ? currencyCodes.code(code) : undefined;
  if (!record) throw new RangeError(`unknown currency ${code}`);
  return record.digits;
}

/** `numerator / denominator`, rounded half away from zero. The denominator must be positive. */
export function divideHalfAwayFromZero(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('denominator must be positive');
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/** `numerator / denominator` rounded towards zero, for counts of full units. */
export function divideTowardsZero(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('denominator must be positive');
  return numerator / denominator;
}

/**
 * Spreads `total` (≥ 0) over `weights` (≥ 0, not all zero) by the largest remainder method (Hamilton): shares are
 * whole, in proportion, and add up to `total` exactly. Ties go to the earlier line.
 */
export function allocateByLargestRemainder(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (total < 0n || weights.some((w) => w < 0n)) throw new RangeError('total and weights must not be negative');
  if (sum === 0n) {
    if (total !== 0n) throw new RangeError('nothing to spread the total over');
    return weights.map(() => 0n);
  }
  const shares = weights.map((weight) => (total * weight) / sum);
  let left = total - shares.reduce((a, b) => a + b, 0n);
  const order = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of order) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return shares;
}

/** A JSON integer from the wire as minor units. Throws RangeError when it is not exact. */
export function minorFromWire(amount: number): bigint {
  if (!Number.isSafeInteger(amount)) throw new RangeError('amount is not an exact integer');
  return BigInt(amount);
}

/** Minor units as a JSON integer. Throws RangeError when it would lose a digit. */
export function minorToWire(amount: bigint): number {
  if (amount > MAX_AMOUNT || amount < -MAX_AMOUNT) throw new RangeError('amount does not fit a JSON integer');
  return Number(amount);
}

/** Minor units for people and bank files: 123456 CNY → "1234.56", 500 JPY → "500". */
export function formatMinor(amount: bigint, currency: string): string {
  const decimals = currencyDecimals(currency);
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = amount < 0n ? '-' : '';
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}

/** The smaller of two amounts. */
export function minAmount(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
