import type { SqlInvariant } from '../audit/invariant.js';

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
    title: 'a booking is of the amount that the bank was told to pay',
    sql: `
      SELECT CONCAT(l.report_id, '-', l.line, ' is of ', COALESCE(l.amount_minor, 'no amount'), ', ', p.id, ' of ', p.sent_amount) offender
      FROM bank_report_line l JOIN payout p ON p.id = l.payout_id
      WHERE l.result IN ('applied', 'matched') AND l.says IN ('paid', 'returned')
        AND (NOT (l.amount_minor <=> p.sent_amount) OR NOT (l.currency <=> p.currency))`,
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
