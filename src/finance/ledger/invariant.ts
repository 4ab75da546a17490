/**
 * Something that is always true. `sql` returns one row for each offender, whose first column `offender` names it for people
 * (an id, and what is off); no row means that it is true. MariaDB 10.11 and MySQL 8 both run it.
 */
export interface SqlInvariant {
  /** Its number; several statements may be parts of one. */
  invariant: InvariantNumber;
  title: string;
  /** Over everything. */
  sql: string;
  /** The same over what was written since a moment, and what that touches. A statement without it is always run whole. */
  since?: (moment: Date) => string;
}

/** What is always true of the books, by number; docs/invariants.md has the statements of each. */
export const INVARIANTS = {
  1: 'every journal sums to zero in each asset, and has two entries or more, none of them zero',
  2: 'every balance is the sum of its entries',
  3: 'nothing but what is owed is ever below zero, and that never above',
  4: 'one journal for each event, one event for each journal',
  5: 'a reward is what its entries say: granted = pending + held + matured + voided, and no more taken back than given',
  6: 'what is pending for a merchant is what their pending rewards say',
  7: 'what is reserved and in transit is what payouts, coupons and rails say',
  8: 'nothing is pending past its maturity',
  9: 'a payout ends once: paid or failed, returned only after paid, at a cost that the bank named',
  10: 'a batch is what its payouts say: count, sum, one currency',
  11: 'an external reference is used once, for ever',
  12: 'maker and checker are two people, and what was approved is what stands there now',
  13: 'lots of points and single coupons make up the balances that they are counted in',
  14: 'no event waits longer than a sweep takes to find it',
  15: 'the same event with other content is written down, and posted once',
  16: 'what is on hold is what open holds add up to',
  17: 'what is counted by day is what happened on it',
  18: 'what is closed of the books is what was posted in it',
} as const;

export type InvariantNumber = keyof typeof INVARIANTS;
