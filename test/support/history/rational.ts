/** Exact fractions, for the model alone: it shares no arithmetic with the program. */
export interface Rational {
  n: bigint;
  d: bigint;
}

export const whole = (n: bigint): Rational => ({ n, d: 1n });
export const plus = (a: Rational, b: Rational): Rational => reduced(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Rational, b: Rational): Rational => plus(a, { n: -b.n, d: b.d });
export const times = (a: Rational, b: Rational): Rational => reduced(a.n * b.n, a.d * b.d);
export const over = (a: Rational, b: Rational): Rational => reduced(a.n * b.d, a.d * b.n);
export const smaller = (a: Rational, b: Rational): Rational => (a.n * b.d <= b.n * a.d ? a : b);
export const total = (all: readonly Rational[]): Rational => all.reduce(plus, whole(0n));

/** The nearest whole number of what is not negative; a half goes up. */
export const nearest = ({ n, d }: Rational): bigint => (2n * n + d) / (2n * d);

function reduced(n: bigint, d: bigint): Rational {
  const g = gcd(n < 0n ? -n : n, d);
  return { n: n / g, d: d / g };
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}
