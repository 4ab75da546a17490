import type { Tampering } from '../audit-tampering.js';
import { change } from './sql.js';

const payout = (what: string, where: string) => change('payout', what, where);
const batch = (what: string, where: string) => change('payout_batch', what, where);
const entry = (change: string, where: string) => `UPDATE entry SET ${change} WHERE ${where} LIMIT 1`;
/** A journal of another kind beside the one that a payout has. */
const also = (kind: string, beside: string) =>
  `INSERT INTO journal (id, business_key, kind, description, cause_type, cause_id, occurred_at)
   SELECT 'jnl_x', 'x', '${kind}', 'x', cause_type, cause_id, occurred_at FROM journal WHERE kind = '${beside}' LIMIT 1`;

const RESERVED = 'what is approved and not yet sent is what is reserved';
const TRANSIT = 'what is sent and has no outcome yet is what is in transit';
const BANK = 'what left the bank is what was paid and not returned, and what paying and returning cost';
const FEES = 'fees are those of payouts that were paid; who bore one has it back when the payout is returned';
const BACK = 'what a return brings back to the merchant is what they gave up, less what they bear of the return';
const COSTS = 'only a payment that was made has a cost, only a return has one of its own, and one party bears it';
const ONCE = 'a payout is paid, failed or withdrawn once at most, and returned only after it was paid';
const STATE = 'a payout has the journal of its state, and none of a later one';
const TAKEN_OUT =
  'what was taken out after the approval was never sent, and nothing else of a batch that was sent is cancelled';
const AGAIN = 'what is tried again had failed or was returned, once, and goes to the same merchant';
const SUMS = 'a batch counts and sums what its rail is told to pay, in one currency and over one rail';
const TOLD = 'a rail is told to pay the amount, or the amount less the fee';

const RETRY = "retry_of IS NOT NULL AND state = 'paid'";

export const payoutTamperings: readonly Tampering[] = [
  ['more is reserved than approved', RESERVED, 'UPDATE account SET reserved = reserved + 1 WHERE reserved > 1'],
  ['less is reserved than approved', RESERVED, 'UPDATE account SET reserved = reserved - 1 WHERE reserved > 1'],
  [
    'less than nothing is reserved',
    RESERVED,
    "INSERT INTO account (merchant_id, asset, reserved) VALUES ('mer_x', 'CNY', -1)",
  ],
  ['an approved payout is forgotten', RESERVED, payout("state = 'cancelled'", "state = 'approved'")],
  ['a payout that was sent is forgotten', TRANSIT, payout("state = 'cancelled'", "state = 'submitting'")],
  ['more is in transit than was sent', TRANSIT, entry('amount = amount + 1', "account = 'in-transit'")],
  ['less is in transit than was sent', TRANSIT, entry('amount = amount - 1', "account = 'in-transit'")],
  ['money in transit is of no payout', TRANSIT, entry('payout_id = NULL', "account = 'in-transit'")],
  ['more left the bank than was sent', BANK, entry('amount = amount + 1', "account = 'bank'")],
  ['less left the bank than was sent', BANK, entry('amount = amount - 1', "account = 'bank'")],
  ['a charge of the bank is forgotten', BANK, payout('paid_cost = NULL', 'paid_cost > 0')],
  ['a fee is kept twice', FEES, entry('amount = amount * 2', "account = 'fees' AND amount > 0")],
  ['a fee is paid twice', FEES, entry('amount = amount * 2', "account = 'fees' AND amount < 0")],
  ['what the bank kept is forgotten', FEES, payout('return_cost = 0', 'return_cost > 0')],
  ['the merchant bears what the operator paid', BACK, payout('return_cost_merchant = return_cost', 'return_cost > 0')],
  [
    'the merchant has back less than they gave up',
    BACK,
    entry(
      'amount = amount - 1',
      "account = 'held' AND journal_id IN (SELECT id FROM journal WHERE kind = 'payout-returned')",
    ),
  ],
  ['a payout costs before it is paid', COSTS, payout('paid_cost = 0', "state = 'submitting'")],
  ['a payout that failed has a cost', COSTS, payout('paid_cost = 5', "state = 'failed'")],
  ['a payment costs what a return does', COSTS, payout('return_cost = 1', "state = 'paid'")],
  ['a payment costs less than nothing, as a return does', COSTS, payout('return_cost = -1', "state = 'paid'")],
  ['a payout that is on its way costs what a return does', COSTS, payout('return_cost = 1', "state = 'submitting'")],
  ['a return is borne by halves', COSTS, payout('return_cost_merchant = 1', 'return_cost <> 0')],
  ['a payout that was paid has failed too', ONCE, also('payout-failed', 'payout-paid')],
  ['a payout is paid twice', ONCE, also('payout-paid', 'payout-paid')],
  ['a payout that was withdrawn is paid too', ONCE, also('payout-paid', 'payout-withdrawn')],
  ['a payout that was withdrawn has failed too', ONCE, also('payout-failed', 'payout-withdrawn')],
  ['a payout that was withdrawn is returned', ONCE, also('payout-returned', 'payout-withdrawn')],
  ['a payout that failed is returned', ONCE, also('payout-returned', 'payout-failed')],
  ['a payout is returned twice', ONCE, also('payout-returned', 'payout-returned')],
  [
    'a payout is returned that was never paid',
    ONCE,
    `DELETE FROM journal WHERE kind = 'payout-paid' AND cause_id = (
       SELECT cause_id FROM (SELECT cause_id FROM journal WHERE kind = 'payout-returned' LIMIT 1) x)`,
  ],
  ['a payout is called paid', STATE, payout("state = 'paid'", "state = 'submitting'")],
  ['a payout that was paid is called submitting', STATE, payout("state = 'submitting'", "state = 'paid'")],
  ['a payout that failed is called paid', STATE, payout("state = 'paid'", "state = 'failed'")],
  ['a payout that was returned is called paid', STATE, payout("state = 'paid'", "state = 'returned'")],
  ['a payout that was withdrawn is called cancelled', STATE, payout("state = 'cancelled'", "state = 'withdrawn'")],
  ['a payout that was taken out was sent', TAKEN_OUT, payout('first_sent_at = NOW(6)', 'stop_reason IS NOT NULL')],
  ['a payout that was taken out is paid', TAKEN_OUT, payout("state = 'paid'", 'stop_reason IS NOT NULL')],
  ['a payout of a batch that was sent is cancelled', TAKEN_OUT, payout("state = 'cancelled'", "state = 'submitting'")],
  [
    'a payout of a batch that was withdrawn is cancelled',
    TAKEN_OUT,
    payout("state = 'cancelled'", "state = 'withdrawn'"),
  ],
  [
    'it is not known why a payout was taken out',
    TAKEN_OUT,
    payout('stop_reason = NULL', "stop_reason IS NOT NULL AND state = 'cancelled'"),
  ],
  [
    'a payout is tried again that was paid',
    AGAIN,
    `UPDATE payout SET state = 'paid' WHERE id IN (SELECT retry_of FROM (SELECT retry_of FROM payout WHERE ${RETRY}) x)`,
  ],
  ['a payout is tried again that never was', AGAIN, payout("retry_of = 'pay_none'", RETRY)],
  ['a payout is tried again for another merchant', AGAIN, payout("merchant_id = 'mer_x'", RETRY)],
  ['a payout is tried again in another currency', AGAIN, payout("currency = 'EUR'", RETRY)],
  [
    'a payout is tried again twice',
    AGAIN,
    `UPDATE payout n JOIN payout r ON r.retry_of IS NOT NULL AND r.state = 'paid'
       SET n.retry_of = r.retry_of, n.merchant_id = r.merchant_id WHERE n.state = 'submitting'`,
  ],
  ['the control sum counts the fees', SUMS, batch('control_sum = control_sum + 5', 'TRUE')],
  ['the control sum is too small', SUMS, batch('control_sum = control_sum - 5', 'TRUE')],
  ['a batch counts a payout too many', SUMS, batch('payout_count = payout_count + 1', 'TRUE')],
  ['a batch counts a payout too few', SUMS, batch('payout_count = payout_count - 1', 'TRUE')],
  ['a payout has a currency before that of its batch', SUMS, payout("currency = 'AUD'", 'TRUE')],
  ['a payout has a currency after that of its batch', SUMS, payout("currency = 'EUR'", 'TRUE')],
  ['a payout goes over a rail before that of its batch', SUMS, payout("rail = 'csv-file'", "rail = 'http-bank'")],
  ['a payout goes over a rail after that of its batch', SUMS, payout("rail = 'iso20022-file'", "rail = 'http-bank'")],
  ['the rail is told to pay more than the merchant gave up', TOLD, payout('sent_amount = amount + 1', 'TRUE')],
  ['the rail is told to pay nothing', TOLD, payout('sent_amount = 0, fee = amount', 'TRUE')],
  ['a fee is negative', TOLD, payout('fee = -5, sent_amount = amount', 'TRUE')],
  ['a batch is gone', 'a payout is of a batch', 'DELETE FROM payout_batch LIMIT 1'],
  [
    'a reference is used again',
    'an external reference is used once, for ever',
    "UPDATE payout SET reference = 'SAME' LIMIT 2",
  ],
];

/** Branches that change nothing, and why. */
export const payoutEquivalents = {
  'always: reserved <> 0': 'a balance of nothing adds nothing',
  "only <: tate = 'paid' AND sent_amount <> amount": 'another invariant finds what is sent above its amount',
};
