/** An exact rational number in lowest terms; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** `numerator / denominator` in lowest terms. Throws RangeError unless the denominator is positive. */
export function fraction(numerator: bigint, denominator = 1n): Fraction {
  if (denominator <= 0n) throw new RangeError('denominator must be positive');
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export const ZERO = fraction(0n);

export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, { numerator: -b.numerator, denominator: b.denominator });
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** `a / b` for a positive `b`. */
export function divide(a: Fraction, b: Fraction): Fraction {
  return multiply(a, fraction(b.denominator, b.numerator));
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compare(a: Fraction, b: Fraction): bigint {
  return a.numerator * b.denominator - b.numerator * a.denominator;
}

export function sum(all: readonly Fraction[]): Fraction {
  return all.reduce(add, ZERO);
}

/** "29/2", or "14" when it is whole. */
export function fractionText(value: Fraction): string {
  const numerator = value.numerator.toString();
  return value.denominator === 1n ? numerator : `${numerator}/${value.denominator.toString()}`;
}

/** What {@link fractionText} wrote. Throws SyntaxError or RangeError for anything else. */
export function parseFraction(text: string): Fraction {
  const [numerator = '', denominator = '1'] = text.split('/');
  return fraction(BigInt(numerator), BigInt(denominator));
}

/** Decimals shown of a fraction that has more, and at which one that ends is still written out. */
const SHOWN_DECIMALS = 4;
const WRITTEN_DECIMALS = 6;

/** For people: "20.19", and "20.1333…" (cut off, not rounded) when it goes on; `more` decimals than that. Not of a negative one. */
export function decimalText({ numerator, denominator }: Fraction, more = 0): string {
  const whole = (numerator / denominator).toString();
  let rest = numerator % denominator;
  let decimals = '';
  while (rest !== 0n && decimals.length < WRITTEN_DECIMALS + more) {
    rest *= 10n;
    decimals += (rest / denominator).toString();
    rest %= denominator;
  }
  if (rest !== 0n) return `${whole}.${decimals.slice(0, SHOWN_DECIMALS + more)}…`;
  return decimals === '' ? whole : `${whole}.${decimals}`;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
