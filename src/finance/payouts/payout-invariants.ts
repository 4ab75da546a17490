import { overHistory, type SqlInvariant } from '../ledger/index.js';
import { approvalInvariants } from './approval-invariants.js';

/** What the bank took for a payment: what it said, or else the fee that the operator bears. */
const PAID_COST = 'COALESCE(paid_cost, IF(sent_amount = amount, fee, 0))';

/** What is always true of payouts, each as its own SQL, with nothing of the posting code. */
export const payoutInvariants: readonly SqlInvariant[] = [
  {
    invariant: 7,
    title: 'what is approved and not yet sent is what is reserved',
    sql: `
      SELECT CONCAT(x.merchant_id, ' ', x.asset, ' is off by ', SUM(x.amount)) offender FROM (
        SELECT merchant_id, asset, reserved amount FROM account WHERE reserved <> 0 AND asset NOT LIKE 'COUPON:%'
        UNION ALL SELECT merchant_id, currency, -amount FROM payout WHERE state = 'approved'
      ) x GROUP BY x.merchant_id, x.asset HAVING SUM(x.amount) <> 0`,
  },
  {
    invariant: 7,
    title: 'what is sent and has no outcome yet is what is in transit',
    ...overHistory(
      (of) => `
      SELECT CONCAT(x.payout, ' is off by ', SUM(x.amount)) offender FROM (
        SELECT COALESCE(payout_id, 'no payout') payout, amount FROM ${of.entryOfPayout} e WHERE account = 'in-transit'
        UNION ALL
        SELECT id, -amount FROM payout WHERE state IN ('submitting', 'accepted', 'unknown')
      ) x GROUP BY x.payout HAVING SUM(x.amount) <> 0`,
    ),
  },
  {
    invariant: 7,
    title: 'what left the bank is what was paid and not returned, and what paying and returning cost',
    ...overHistory(
      (of) => `
      SELECT CONCAT(x.payout, ' is off by ', SUM(x.amount)) offender FROM (
        SELECT COALESCE(payout_id, 'no payout') payout, amount FROM ${of.entryOfPayout} e WHERE account = 'bank'
        UNION ALL SELECT id, -sent_amount FROM payout WHERE state = 'paid'
        UNION ALL SELECT id, -${PAID_COST} FROM payout WHERE state IN ('paid', 'returned')
        UNION ALL SELECT id, -return_cost FROM payout WHERE state = 'returned'
      ) x GROUP BY x.payout HAVING SUM(x.amount) <> 0`,
    ),
  },
  {
    invariant: 7,
    title: 'fees are those of payouts that were paid; who bore one has it back when the payout is returned',
    ...overHistory(
      (of) => `
      SELECT CONCAT(x.payout, ' is off by ', SUM(x.amount)) offender FROM (
        SELECT COALESCE(payout_id, 'no payout') payout, amount FROM ${of.entryOfPayout} e WHERE account = 'fees'
        UNION ALL SELECT id, -fee FROM payout WHERE state = 'paid' AND sent_amount <> amount
        UNION ALL SELECT id, ${PAID_COST} FROM payout WHERE state IN ('paid', 'returned')
        UNION ALL SELECT id, return_cost - return_cost_merchant FROM payout WHERE state = 'returned'
      ) x GROUP BY x.payout HAVING SUM(x.amount) <> 0`,
    ),
  },
  {
    invariant: 7,
    title: 'what a return brings back to the merchant is what they gave up, less what they bear of the return',
    sql: `
      SELECT CONCAT(p.id, ' gave back ', COALESCE(SUM(e.amount), 0), ' of ', p.amount) offender FROM payout p
      JOIN journal j ON j.business_key = CONCAT('payout.returned:', p.id)
      LEFT JOIN entry e ON e.journal_id = j.id AND e.account = 'held'
      WHERE p.state = 'returned' GROUP BY p.id, p.amount, p.return_cost_merchant
      HAVING COALESCE(SUM(e.amount), 0) <> p.amount - p.return_cost_merchant`,
  },
  {
    invariant: 7,
    title: 'only a payment that was made has a cost, only a return has one of its own, and one party bears it',
    sql: `
      SELECT id offender FROM payout
      WHERE (paid_cost IS NOT NULL AND state NOT IN ('paid', 'returned')) OR (return_cost <> 0 AND state <> 'returned')
        OR return_cost_merchant NOT IN (0, return_cost)`,
  },
  {
    invariant: 9,
    title: 'a payout is paid, failed or withdrawn once at most, and returned only after it was paid',
    sql: `
      SELECT CONCAT(j.cause_id, ' has ', GROUP_CONCAT(j.kind ORDER BY j.kind SEPARATOR ', ')) offender FROM journal j
      WHERE j.kind IN ('payout-paid', 'payout-failed', 'payout-returned', 'payout-withdrawn')
      GROUP BY j.cause_id
      HAVING SUM(j.kind IN ('payout-paid', 'payout-failed', 'payout-withdrawn')) <> 1 OR SUM(j.kind = 'payout-returned') > 1
        OR (SUM(j.kind = 'payout-returned') = 1 AND SUM(j.kind IN ('payout-failed', 'payout-withdrawn')) > 0)`,
  },
  {
    invariant: 9,
    title: 'a payout has the journal of its state, and none of a later one',
    sql: `
      SELECT CONCAT(p.id, ' is ', p.state, ' but its last journal is ', COALESCE(MAX(j.kind), 'missing')) offender
      FROM payout p LEFT JOIN journal j ON j.cause_id = p.id
        AND j.kind IN ('payout-paid', 'payout-failed', 'payout-returned', 'payout-withdrawn')
      GROUP BY p.id, p.state
      HAVING COALESCE(MAX(j.kind), '') <> CASE p.state WHEN 'paid' THEN 'payout-paid' WHEN 'failed' THEN 'payout-failed'
        WHEN 'returned' THEN 'payout-returned' WHEN 'withdrawn' THEN 'payout-withdrawn' ELSE '' END`,
  },
  {
    invariant: 9,
    title: 'what is tried again had failed or was returned, once, and goes to the same merchant',
    sql: `
      SELECT n.id offender FROM payout n LEFT JOIN payout o ON o.id = n.retry_of
        AND o.state IN ('failed', 'returned') AND o.merchant_id = n.merchant_id AND o.currency = n.currency
      WHERE n.retry_of IS NOT NULL AND o.id IS NULL
      UNION ALL
      SELECT retry_of FROM payout WHERE retry_of IS NOT NULL GROUP BY retry_of HAVING COUNT(*) > 1`,
  },
  {
    invariant: 7,
    title:
      'what was taken out after the approval was never sent, and nothing else of a batch that was sent is cancelled',
    sql: `
      SELECT p.id offender FROM payout p JOIN payout_batch b ON b.id = p.batch_id
      WHERE (p.stop_reason IS NOT NULL AND (p.first_sent_at IS NOT NULL OR p.state NOT IN ('cancelled', 'withdrawn')))
        OR (p.stop_reason IS NULL AND p.state = 'cancelled' AND b.state IN ('submitted', 'withdrawn'))`,
  },
  {
    invariant: 10,
    title: 'a batch counts and sums what its rail is told to pay, in one currency and over one rail',
    sql: `
      SELECT CONCAT(b.id, ' has ', COUNT(p.id), ' payouts of ', COALESCE(SUM(p.sent_amount), 0)) offender
      FROM payout_batch b LEFT JOIN payout p ON p.batch_id = b.id
      GROUP BY b.id, b.payout_count, b.control_sum
      HAVING COUNT(p.id) <> b.payout_count OR COALESCE(SUM(p.sent_amount), 0) <> b.control_sum
        OR SUM(p.currency <> b.currency OR p.rail <> b.rail) > 0`,
  },
  {
    invariant: 10,
    title: 'a rail is told to pay the amount, or the amount less the fee',
    sql: `
      SELECT id offender FROM payout
      WHERE sent_amount <= 0 OR fee < 0 OR sent_amount NOT IN (amount, amount - fee)`,
  },
  {
    invariant: 10,
    title: 'a payout is of a batch',
    sql: `
      SELECT p.id offender FROM payout p LEFT JOIN payout_batch b ON b.id = p.batch_id WHERE b.id IS NULL`,
  },
  {
    invariant: 11,
    title: 'an external reference is used once, for ever',
    sql: 'SELECT reference offender FROM payout GROUP BY reference HAVING COUNT(*) > 1',
  },
  ...approvalInvariants,
];
