import { overHistory, type SqlInvariant } from '../../ledger/index.js';

/** What is always true of holds, each as its own SQL, with nothing of the posting code. */
export const holdInvariants: readonly SqlInvariant[] = [
  {
    invariant: 12,
    title: 'who decided about a hold did not make it',
    sql: `
      SELECT id offender FROM hold
      WHERE decided_by = held_by OR (state IN ('released', 'voided')) <> (decided_by IS NOT NULL)
        OR (decided_by IS NULL) <> (decided_at IS NULL)`,
  },
  {
    invariant: 16,
    title: 'what is on hold is what open holds add up to',
    sql: `
      SELECT CONCAT(x.merchant_id, ' ', x.asset, ' is off by ', SUM(x.amount)) offender FROM (
        SELECT merchant_id, asset, held amount FROM account WHERE held <> 0
        UNION ALL SELECT merchant_id, asset, -remaining FROM hold WHERE state = 'open'
      ) x GROUP BY x.merchant_id, x.asset HAVING SUM(x.amount) <> 0`,
  },
  {
    invariant: 16,
    title: 'what is on hold of a reward is what its open holds add up to',
    ...overHistory(
      (of) => `
      SELECT CONCAT(x.reward_id, ' is off by ', SUM(x.amount)) offender FROM (
        SELECT id reward_id, held amount FROM ${of.rewardOnHold} r WHERE held <> 0
        UNION ALL SELECT reward_id, -remaining FROM hold WHERE state = 'open' AND reward_id IS NOT NULL
      ) x GROUP BY x.reward_id HAVING SUM(x.amount) <> 0`,
    ),
  },
  {
    invariant: 16,
    title: 'a hold’s parts add up, and only an open one holds something',
    sql: `
      SELECT CONCAT(id, ' is ', state) offender FROM hold
      WHERE amount <> remaining + refunded + settled OR remaining < 0 OR refunded < 0 OR settled < 0
        OR (state = 'open') <> (remaining > 0) OR (state IN ('released', 'voided')) <> (settled > 0)`,
  },
  {
    invariant: 16,
    title: 'every hold that people made or decided about has its journal',
    ...overHistory(
      (of) => `
      SELECT CONCAT(x.hold_id, ' is off by ', SUM(x.amount)) offender FROM (
        SELECT id hold_id, IF(held_by IS NULL, 0, amount) - settled amount FROM hold
        UNION ALL
        SELECT j.cause_id, -e.amount FROM ${of.journalCausedBy('hold')} j JOIN entry e ON e.journal_id = j.id AND e.account = 'held'
        WHERE j.cause_type = 'hold'
      ) x GROUP BY x.hold_id HAVING SUM(x.amount) <> 0`,
    ),
  },
  {
    invariant: 16,
    title: 'a hold’s decision is what its journal says, and what a payout brought back is never voided',
    sql: `
      SELECT CONCAT(h.id, ' is ', h.state) offender FROM hold h
      LEFT JOIN journal j ON j.business_key = CONCAT('hold.', h.state, ':', h.id)
      WHERE (h.state IN ('released', 'voided') AND j.id IS NULL)
        OR (h.state = 'voided' AND h.cause IN ('bad-account', 'returned-payout'))`,
  },
];
