import type { Tampering } from '../audit-tampering.js';

/** Changes the first line that something is true of. */
const line = (change: string, where: string) =>
  `UPDATE bank_report_line SET ${change} WHERE (report_id, line) = (
     SELECT report_id, line FROM (SELECT report_id, line FROM bank_report_line WHERE ${where} ORDER BY 1, 2 LIMIT 1) x)`;
const payoutIn = (state: string) => `(SELECT id FROM payout WHERE state = '${state}' ORDER BY id LIMIT 1)`;

const JOURNALS = 'what a bank line did to a payout stands in the journals';
const ENDS = 'money that left by a file has its end from one bank line';
const TWICE = 'two bank lines do not do the same to a payout';
const AMOUNT =
  'a booking is of the amount that the bank was told to pay, less what it kept of a return, or two people agreed';
const COST = 'what a payment cost is what a bank line says';
const SAME = 'lines of one booking are of one report each, and point to the first of them';
const PROPOSED = 'who proposed a match of another amount did not approve it, and said why';
const DECIDED = 'a bank line that a person decided says who, when and why, and no other does';

/** A proposal that waits, and one that was agreed to. */
const WAITS = "proposed_by IS NOT NULL AND result = 'unmatched'";
const AGREED = "proposed_by IS NOT NULL AND result = 'matched'";
const PLAIN = "proposed_by IS NULL AND result = 'unmatched'";
const did = (result: string, says: string) => `result = '${result}' AND says = '${says}'`;

export const bankReportTamperings: readonly Tampering[] = [
  ['a line did something to no payout', JOURNALS, line("payout_id = 'pay_x'", did('applied', 'accepted'))],
  ['a line says nothing and did something', JOURNALS, line('says = NULL', did('applied', 'accepted'))],
  ...['paid', 'failed', 'returned'].map((says): Tampering => [
    `a line says ${says} of another payout`,
    JOURNALS,
    line(`payout_id = ${payoutIn('submitting')}`, did('applied', says)),
  ]),
  [
    'a person matched a line to another payout',
    JOURNALS,
    line(`payout_id = ${payoutIn('submitting')}`, "result = 'matched' AND proposed_by IS NULL"),
  ],
  ...['paid', 'failed', 'returned'].map((says): Tampering => [
    `the line is lost by which a payout is ${says}`,
    ENDS,
    `DELETE FROM bank_report_line WHERE ${did('applied', says)}`,
  ]),
  [
    'the line is lost by which a payout of a table is paid',
    ENDS,
    `DELETE l FROM bank_report_line l JOIN payout p ON p.id = l.payout_id WHERE p.rail = 'csv-file'`,
  ],
  ['a payout is paid by two lines', ENDS, line("result = 'applied'", did('duplicate', 'paid'))],
  ['two lines pay a payout', TWICE, line("result = 'applied'", did('duplicate', 'paid'))],
  ['two lines pay a payout, one by a person’s hand', TWICE, line("result = 'matched'", did('duplicate', 'paid'))],
  ...['paid', 'returned'].flatMap((says): Tampering[] => [
    [`a booking that says ${says} is of more`, AMOUNT, line('amount_minor = amount_minor + 1', did('applied', says))],
    [`a booking that says ${says} is of less`, AMOUNT, line('amount_minor = amount_minor - 1', did('applied', says))],
    [
      `a matched booking that says ${says} is of more`,
      AMOUNT,
      line('amount_minor = amount_minor + 1', did('matched', says)),
    ],
  ]),
  ['a booking is of another currency', AMOUNT, line("currency = 'EUR'", did('applied', 'paid'))],
  ['a booking is of no currency', AMOUNT, line('currency = NULL', did('applied', 'paid'))],
  ['a booking is of no amount', AMOUNT, line('amount_minor = NULL', did('applied', 'paid'))],
  ['nobody proposed to match another payment', AMOUNT, line('proposed_by = NULL', `${AGREED} AND says = 'paid'`)],
  ['nobody proposed that more came back', AMOUNT, line('proposed_by = NULL', `${AGREED} AND says = 'returned'`)],
  ['an agreed booking has a charge', AMOUNT, line('charge_minor = 1', `${AGREED} AND says = 'paid'`)],
  ['a payment costs more', COST, 'UPDATE payout SET paid_cost = paid_cost + 1 WHERE paid_cost IS NOT NULL'],
  ['a payment costs less', COST, 'UPDATE payout SET paid_cost = paid_cost - 1 WHERE paid_cost IS NOT NULL'],
  [
    'a payment has a cost that no line names',
    COST,
    "UPDATE payout SET paid_cost = 7 WHERE state = 'paid' AND paid_cost IS NULL LIMIT 1",
  ],
  ['a charge was of another payout', COST, line(`payout_id = ${payoutIn('submitting')}`, 'charge_minor IS NOT NULL')],
  ['a charge was of a return', COST, line("says = 'returned'", 'charge_minor IS NOT NULL')],
  ['a charge was set aside', COST, line("result = 'dismissed'", 'charge_minor IS NOT NULL')],
  ['a charge is less', COST, line('charge_minor = charge_minor - 1', 'charge_minor IS NOT NULL')],
  ['a line tells again of a report that is not there', SAME, line("same_as = 'bkr_x-1'", 'same_as IS NOT NULL')],
  [
    'a line tells again of a line that is not there',
    SAME,
    line("same_as = REPLACE(same_as, '-1', '-9')", 'same_as IS NOT NULL'),
  ],
  ['a line that did something tells again', SAME, line("result = 'applied'", 'same_as IS NOT NULL')],
  ['a line that tells again is a second one', SAME, line("result = 'second'", 'same_as IS NOT NULL')],
  [
    'a line tells again of one that tells again',
    SAME,
    `UPDATE bank_report_line l JOIN (SELECT MIN(report_id) report_id FROM bank_report_line WHERE same_as IS NOT NULL) f
       SET l.same_as = CONCAT(f.report_id, '-1') WHERE l.same_as IS NOT NULL AND l.report_id <> f.report_id`,
  ],
  [
    'a line tells again of one in the same report',
    SAME,
    line("report_id = SUBSTRING_INDEX(same_as, '-', 1), line = 2", 'same_as IS NOT NULL'),
  ],
  [
    'a report tells twice of one booking',
    SAME,
    `INSERT INTO bank_report_line (report_id, line, status, result, same_as)
     SELECT report_id, 99, status, result, same_as FROM bank_report_line WHERE same_as IS NOT NULL LIMIT 1`,
  ],
  ...['proposed_at', 'proposal_reason', 'proposed_payout_id'].flatMap((column): Tampering[] => [
    [`a proposal has no ${column}`, PROPOSED, line(`${column} = NULL`, WAITS)],
    [
      `what nobody proposed has a ${column}`,
      PROPOSED,
      line(`${column} = ${column === 'proposed_at' ? 'NOW(6)' : "'x'"}`, PLAIN),
    ],
  ]),
  ['who proposed a match approved it', PROPOSED, line('proposed_by = decided_by', AGREED)],
  ['another payout was matched than was proposed', PROPOSED, line("proposed_payout_id = 'pay_x'", AGREED)],
  ['a proposal was matched to nothing', PROPOSED, line('payout_id = NULL', AGREED)],
  ['a program’s line was proposed', PROPOSED, line("result = 'applied'", WAITS)],
  ['a proposal was set aside', PROPOSED, line("result = 'dismissed'", WAITS)],
  ['nobody matched a line', DECIDED, line('decided_by = NULL, decided_at = NULL', "result = 'matched'")],
  ['nobody set a line aside', DECIDED, line('decided_by = NULL, decided_at = NULL', "result = 'dismissed'")],
  [
    'somebody decided what the program did',
    DECIDED,
    line("decided_by = 'x', decided_at = NOW(6)", "result = 'applied'"),
  ],
  ['a decision has no time', DECIDED, line('decided_at = NULL', "result = 'matched'")],
  ['what nobody decided has a time', DECIDED, line('decided_at = NOW(6)', "result = 'applied'")],
  ['a line was set aside without a reason', DECIDED, line('decision_reason = NULL', "result = 'dismissed'")],
  ['a line was matched with a reason to set it aside', DECIDED, line("decision_reason = 'x'", "result = 'matched'")],
];

/** Branches that change nothing, and why. */
export const bankReportEquivalents = {
  'only >: me_as IS NULL AND f.report_id <> l.report_id': 'a report that came before has the smaller id',
  'only <: me_as IS NULL AND f.report_id <> l.report_id': 'a report that came before has the smaller id',
};
