/** What the operations are about, in the order in which a reader meets them. A tag that is missing here fails the tests. */
export const TAGS: Readonly<Record<string, string>> = {
  Overview: 'Whatever has a number, what waits for you, and counts and sums by day.',
  'Visits and quotes': 'A shopper comes: who brought them, and what they pay.',
  Orders: 'Purchases: placed, completed, cancelled, refunded; one by one or in bulk.',
  Merchants: 'The registration form, applications and their review, merchants and their bank accounts.',
  'Merchants’ sign-in': 'One-time codes, sessions of merchants, and how they are reached.',
  Rules: 'Price rules and reward rules, in versions; rules are never edited.',
  Rewards: 'What merchants earned and why, what is on hold, and corrections.',
  'Points and coupons': 'Points by lot, coupons by code, and redemptions.',
  Statements: 'What a merchant has and was paid, negative balances, and every entry.',
  Payouts: 'Batches with four eyes, policies, schedules, and the operator’s bank accounts.',
  'Bank reports': 'What the bank says became of payouts, and what waits for a person.',
  Books: 'Journals, the trial balance, the audit, and the seal.',
  'Staff and storefronts': 'Sign-in, staff, storefronts and their keys, and who did what.',
};
