import type { SqlInvariant } from '../../ledger/index.js';

/** The fee of a payout that the operator bears. */
const OPERATORS_FEE = 'IF(p.sent_amount = p.amount, p.fee, 0)';

/** What is always true of bank reports, from the tables alone. */
export const bankReportInvariants: readonly SqlInvariant[] = [
  {
    invariant: 9,
    title: 'what a bank line did to a payout stands in the journals',
    sql: `
      SELECT CONCAT(l.report_id, '-', l.line, ' says ', COALESCE(l.says, 'nothing'), ' of ', COALESCE(l.payout_id, 'no payout')) offender
      FROM bank_report_line l LEFT JOIN journal j ON j.business_key = CONCAT('payout.', l.says, ':', l.payout_id)
      LEFT JOIN payout p ON p.id = l.payout_id
      WHERE l.result IN ('applied', 'matched')
        AND (p.id IS NULL OR l.says IS NULL OR (l.says IN ('paid', 'failed', 'returned') AND j.id IS NULL))`,
  },
  {
    invariant: 9,
    title: 'money that left by a file has its end from one bank line',
    sql: `
      SELECT CONCAT(p.id, ' is ', p.state, ' by ', COUNT(l.line), ' lines') offender
      FROM payout p LEFT JOIN bank_report_line l ON l.payout_id = p.id AND l.says = p.state AND l.result IN ('applied', 'matched')
      WHERE p.state IN ('paid', 'failed', 'returned') AND p.rail IN ('iso20022-file', 'csv-file')
      GROUP BY p.id, p.state HAVING COUNT(l.line) <> 1`,
  },
  {
    invariant: 9,
    title: 'two bank lines do not do the same to a payout',
    sql: `
      SELECT CONCAT(payout_id, ' is told ', says, ' by ', COUNT(*), ' lines') offender FROM bank_report_line
      WHERE result IN ('applied', 'matched') GROUP BY payout_id, says HAVING COUNT(*) > 1`,
  },
  {
    invariant: 10,
    title:
      'a booking is of the amount that the bank was told to pay, less what it kept of a return, or two people agreed',
    sql: `
      SELECT CONCAT(l.report_id, '-', l.line, ' is of ', COALESCE(l.amount_minor, 'no amount'), ', ', p.id, ' of ', p.sent_amount) offender
      FROM bank_report_line l JOIN payout p ON p.id = l.payout_id
      WHERE l.result IN ('applied', 'matched') AND l.says IN ('paid', 'returned') AND (NOT (l.currency <=> p.currency)
        OR NOT CASE
          WHEN l.says = 'returned' THEN l.amount_minor <=> p.sent_amount - p.return_cost
            AND (l.proposed_by IS NOT NULL OR p.return_cost >= 0)
          WHEN l.proposed_by IS NOT NULL THEN l.amount_minor + COALESCE(l.charge_minor, ${OPERATORS_FEE}) <=> p.sent_amount + p.paid_cost
          ELSE l.amount_minor <=> p.sent_amount END)`,
  },
  {
    invariant: 10,
    title: 'what a payment cost is what a bank line says',
    sql: `
      SELECT CONCAT(p.id, ' cost ', p.paid_cost) offender FROM payout p
      WHERE p.paid_cost IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM bank_report_line l
        WHERE l.payout_id = p.id AND l.says = 'paid' AND l.result IN ('applied', 'matched', 'duplicate')
          AND l.amount_minor + COALESCE(l.charge_minor, ${OPERATORS_FEE}) = p.sent_amount + p.paid_cost)`,
  },
  {
    invariant: 9,
    title: 'lines of one booking are of one report each, and point to the first of them',
    sql: `
      SELECT CONCAT(l.report_id, '-', l.line, ' tells again of ', l.same_as) offender FROM bank_report_line l
      LEFT JOIN bank_report_line f ON f.report_id = SUBSTRING_INDEX(l.same_as, '-', 1)
        AND f.line = SUBSTRING_INDEX(l.same_as, '-', -1) AND f.same_as IS NULL AND f.report_id <> l.report_id
      WHERE l.same_as IS NOT NULL AND (f.report_id IS NULL OR l.result <> 'duplicate')
      UNION ALL
      SELECT CONCAT(same_as, ' is told ', COUNT(*), ' times by ', report_id) FROM bank_report_line
      WHERE same_as IS NOT NULL GROUP BY same_as, report_id HAVING COUNT(*) > 1`,
  },
  {
    invariant: 12,
    title: 'who proposed a match of another amount did not approve it, and said why',
    sql: `
      SELECT CONCAT(report_id, '-', line, ' was proposed by ', COALESCE(proposed_by, 'nobody')) offender FROM bank_report_line
      WHERE (proposed_by IS NULL) <> (proposed_at IS NULL) OR (proposed_by IS NULL) <> (proposal_reason IS NULL)
        OR (proposed_by IS NULL) <> (proposed_payout_id IS NULL) OR proposed_by = decided_by
        OR (proposed_by IS NOT NULL AND result NOT IN ('second', 'contradicting', 'unmatched', 'matched'))
        OR (proposed_by IS NOT NULL AND result = 'matched' AND NOT (payout_id <=> proposed_payout_id))`,
  },
  {
    invariant: 12,
    title: 'a bank line that a person decided says who, when and why, and no other does',
    sql: `
      SELECT CONCAT(report_id, '-', line, ' is ', result) offender FROM bank_report_line
      WHERE (result IN ('matched', 'dismissed')) <> (decided_by IS NOT NULL)
        OR (decided_by IS NULL) <> (decided_at IS NULL) OR (result = 'dismissed') <> (decision_reason IS NOT NULL)`,
  },
];
