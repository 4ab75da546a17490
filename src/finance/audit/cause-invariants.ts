import { overHistory, type JournalDraft, type SqlInvariant } from '../ledger/index.js';

/** Where the row behind each kind of cause is: a new kind does not compile until it stands here. */
const TABLE_OF: Record<JournalDraft['cause']['type'], string> = {
  'order-event': 'order_event',
  reward: 'reward',
  adjustment: 'adjustment',
  payout: 'payout',
  redemption: 'redemption',
  'points-lot': 'points_lot',
  coupon: 'coupon',
  hold: 'hold',
};

const hasRow = Object.entries(TABLE_OF).map(
  ([type, table]) => `WHEN '${type}' THEN EXISTS (SELECT 1 FROM ${table} x WHERE x.id = j.cause_id)`,
);

/** No journal without what brought it about, so that none can be put in from nowhere, however well it balances. */
export const causeInvariants: readonly SqlInvariant[] = [
  {
    invariant: 4,
    title: 'every journal has what brought it about',
    ...overHistory(
      (of) => `
      SELECT CONCAT(j.id, ' names ', j.cause_type, ' ', j.cause_id) offender FROM ${of.journal} j
      WHERE NOT CASE j.cause_type
        ${hasRow.join('\n        ')}
        ELSE FALSE END`,
    ),
  },
  {
    invariant: 12,
    title: 'an approved adjustment moved what was approved, and no other did',
    ...overHistory(
      (of) => `
      SELECT CONCAT(x.journal_id, ' is off by ', SUM(x.amount), ' ', x.asset) offender FROM (
        SELECT a.journal_id, a.merchant_id, a.asset, a.amount FROM adjustment a WHERE a.state = 'approved'
        UNION ALL
        SELECT j.id, e.owner, e.asset, -e.amount FROM ${of.journalCausedBy('adjustment')} j
          JOIN entry e ON e.journal_id = j.id AND e.account <> 'adjustment' WHERE j.cause_type = 'adjustment'
      ) x GROUP BY x.journal_id, x.merchant_id, x.asset HAVING SUM(x.amount) <> 0`,
    ),
  },
];
