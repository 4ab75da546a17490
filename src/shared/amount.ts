/**
 * So much of one asset: minor units of a currency, whole points or coupons. Whatever has these two members is one: an entry,
 * a grant, an adjustment, a redemption. Lines of one order or quote have plain minor units instead: their currency is one
 * fact, the order's.
 */
export interface Amount {
  readonly asset: string;
  readonly amount: bigint;
}

/** The other side of a movement: all of it the same, the amount turned round. */
export function negated<Of extends Amount>(of: Of): Of {
  return { ...of, amount: -of.amount };
}

/** Two amounts of one asset together. Of two assets there is no sum: that they meet here never happens. */
export function plus(one: Amount, other: Amount): Amount {
  if (one.asset !== other.asset) throw new Error(`never happens: ${other.asset} added to ${one.asset}`);
  return { asset: one.asset, amount: one.amount + other.amount };
}

/** What amounts of this asset come to; zero when there are none. Throws as {@link plus}. */
export function sumOf(asset: string, amounts: Iterable<Amount>): Amount {
  let sum: Amount = { asset, amount: 0n };
  for (const amount of amounts) sum = plus(sum, amount);
  return sum;
}
