import { payoutInvariants } from '../../src/finance/payouts/payout-invariants.js';
import { camt } from '../support/bank-reports.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
const seen = new Set<string>();

beforeAll(async () => {
  w = await PayoutWorld.start();
  await w.policy({ fee: { amount: 5, chargedTo: 'merchant' }, secondApproverAbove: 1_000 });
  const merchants = await Promise.all([700n, 900n].map((cash) => w.merchant(cash)));
  const { body } = await w.draft(merchants);
  await w.step(body.id, 'request-approval');
  await w.step(body.id, 'approve');
  await w.step(body.id, 'approve', await w.staffMember('finance-checker'));
  await w.step(body.id, 'submit');
  await w.poll();
  await w.poll();
  await w.policy({ fee: { amount: 5, chargedTo: 'platform' } });
  await w.submitted([await w.merchant(300n)]);
  await w.poll();
  await w.poll();
  await w.submitted([await w.merchant(400n)]);
  const back = await w.submitted([await w.merchant(600n)], { rail: 'iso20022-file' });
  const [{ reference }] = back.payouts;
  const paid = { reference, amount: '6.50', instructed: '6.00', charges: '0.50' };
  const returned = { reference, amount: '5.80', returned: 'AC04' };
  await w.world.maker
    .with({ 'content-type': 'application/xml' })
    .post('/v1/bank-reports', Buffer.from(camt([paid, returned])));
  await w.approved([await w.merchant(500n)]);
  const withdrawn = await w.submitted([await w.merchant(600n)], { rail: 'iso20022-file' });
  const url = `/v1/payout-batches/${withdrawn.id}`;
  const { id } = (await w.world.maker.post(`${url}/withdraw`, { reason: 'Refused.' })).body;
  await w.world.checker.post(`${url}/requests/${id}/approve`);
  // The keys would refuse what the audit is to find.
  await w.db.query('ALTER TABLE payout DROP INDEX uq_payout_reference');
});
afterAll(() => w.close());

const byState = (state: string) => `id = (SELECT id FROM (SELECT id FROM payout WHERE state = '${state}' LIMIT 1) x)`;
const two = 'first_approved_by IS NOT NULL';

const ONCE = 'a payout is paid, failed or withdrawn once at most, and returned only after it was paid';
const WITHDRAWN = 'a batch was withdrawn whole, by two people, from a file, and no other payout was';
/** A journal of another kind beside the one that a payout has. */
const also = (kind: string, beside: string) =>
  `INSERT INTO journal (id, business_key, kind, description, cause_type, cause_id, occurred_at)
   SELECT 'jnl_x', 'x', '${kind}', 'x', cause_type, cause_id, occurred_at FROM journal WHERE kind = '${beside}' LIMIT 1`;

const STATED = 'a failure that people stated was agreed to by a second person, and the payout has failed';
/** A statement about a payout in some state. */
const stated = (about: string, state: string, decidedBy: string) =>
  `INSERT INTO payout_failure_statement (id, payout_id, evidence, reason, reason_code, state, made_by, made_at, decided_by)
   SELECT 'pfs_x', id, 'x', 'x', 'NARR', '${state}', 'stf_x', NOW(6), ${decidedBy} FROM payout WHERE ${byState(about)}`;

const TAMPERINGS: [what: string, title: string, sql: string][] = [
  ['a payout that was withdrawn is paid too', ONCE, also('payout-paid', 'payout-withdrawn')],
  ['a payout that was withdrawn is returned', ONCE, also('payout-returned', 'payout-withdrawn')],
  ['a payout that people called failed is paid', STATED, stated('paid', 'approved', "'stf_y'")],
  ['a stated failure was decided, and by nobody', STATED, stated('paid', 'rejected', 'NULL')],
  ['a payout is called withdrawn', WITHDRAWN, `UPDATE payout SET state = 'withdrawn' WHERE ${byState('paid')}`],
  ['a withdrawn payout is called failed', WITHDRAWN, "UPDATE payout SET state = 'failed' WHERE state = 'withdrawn'"],
  ['nobody asked for a withdrawal', WITHDRAWN, 'DELETE FROM payout_batch_request'],
  ['a withdrawal was refused', WITHDRAWN, "UPDATE payout_batch_request SET state = 'rejected'"],
  ['another one agreed to it', WITHDRAWN, "UPDATE payout_batch_request SET decided_by = 'stf_x'"],
  ['a new file is called a withdrawal', WITHDRAWN, "UPDATE payout_batch_request SET kind = 'new-file'"],
  ['who asked for it agreed', WITHDRAWN, 'UPDATE payout_batch_request SET made_by = decided_by'],
  ['it waits, and was decided', WITHDRAWN, "UPDATE payout_batch_request SET state = 'awaiting-approval'"],
  [
    'a bank that was called was withdrawn from',
    WITHDRAWN,
    "UPDATE payout_batch SET rail = 'http-bank' WHERE state = 'withdrawn'",
  ],
  [
    'more is reserved than approved',
    'what is approved and not yet sent is what is reserved',
    'UPDATE account SET reserved = reserved + 1 WHERE reserved > 0',
  ],
  [
    'a payout that was sent is forgotten',
    'what is sent and has no outcome yet is what is in transit',
    `UPDATE payout SET state = 'cancelled' WHERE ${byState('submitting')}`,
  ],
  [
    'more left the bank than was sent',
    'what left the bank is what was paid and not returned, and what paying and returning cost',
    "UPDATE entry SET amount = amount + 1 WHERE account = 'bank' LIMIT 1",
  ],
  [
    'a charge of the bank is forgotten',
    'what left the bank is what was paid and not returned, and what paying and returning cost',
    'UPDATE payout SET paid_cost = NULL WHERE paid_cost IS NOT NULL',
  ],
  [
    'what the bank kept is forgotten',
    'fees are those of payouts that were paid; who bore one has it back when the payout is returned',
    'UPDATE payout SET return_cost = 0 WHERE return_cost <> 0',
  ],
  [
    'the merchant bears what the operator paid',
    'what a return brings back to the merchant is what they gave up, less what they bear of the return',
    'UPDATE payout SET return_cost_merchant = return_cost WHERE return_cost <> 0',
  ],
  [
    'a payout costs before it is paid',
    'only a payment that was made has a cost, only a return has one of its own, and one party bears it',
    `UPDATE payout SET paid_cost = 0 WHERE ${byState('submitting')}`,
  ],
  [
    'a payment costs what a return does',
    'only a payment that was made has a cost, only a return has one of its own, and one party bears it',
    `UPDATE payout SET return_cost = 1 WHERE ${byState('paid')}`,
  ],
  [
    'a return is borne by halves',
    'only a payment that was made has a cost, only a return has one of its own, and one party bears it',
    'UPDATE payout SET return_cost_merchant = 1 WHERE return_cost <> 0',
  ],
  [
    'a fee is kept twice',
    'fees are those of payouts that were paid; who bore one has it back when the payout is returned',
    "UPDATE entry SET amount = amount * 2 WHERE account = 'fees' LIMIT 1",
  ],
  [
    'a payout that was paid has failed too',
    'a payout is paid, failed or withdrawn once at most, and returned only after it was paid',
    `INSERT INTO journal (id, business_key, kind, description, cause_type, cause_id, occurred_at)
     SELECT 'jnl_x', 'x', 'payout-failed', 'x', cause_type, cause_id, occurred_at FROM journal WHERE kind = 'payout-paid' LIMIT 1`,
  ],
  [
    'a payout is called paid',
    'a payout has the journal of its state, and none of a later one',
    `UPDATE payout SET state = 'paid' WHERE ${byState('submitting')}`,
  ],
  [
    'a payout is tried again that was paid',
    'what is tried again had failed or was returned, once, and goes to the same merchant',
    `UPDATE payout SET retry_of = (SELECT id FROM (SELECT id FROM payout WHERE state = 'paid' LIMIT 1) x) WHERE ${byState('submitting')}`,
  ],
  [
    'the control sum counts the fees',
    'a batch counts and sums what its rail is told to pay, in one currency and over one rail',
    'UPDATE payout_batch SET control_sum = control_sum + 5 LIMIT 1',
  ],
  [
    'a payout has another currency than its batch',
    'a batch counts and sums what its rail is told to pay, in one currency and over one rail',
    "UPDATE payout SET currency = 'EUR' LIMIT 1",
  ],
  [
    'the rail is told to pay more than the merchant gave up',
    'a rail is told to pay the amount, or the amount less the fee',
    'UPDATE payout SET sent_amount = amount + 1 LIMIT 1',
  ],
  ['a batch is gone', 'a payout is of a batch', 'DELETE FROM payout_batch LIMIT 1'],
  [
    'a reference is used again',
    'an external reference is used once, for ever',
    "UPDATE payout SET reference = 'SAME' LIMIT 2",
  ],
  [
    'the maker approves',
    'who approved a batch did not make it',
    'UPDATE payout_batch SET approved_by = made_by LIMIT 1',
  ],
  [
    'the maker is the first of two checkers',
    'who approved a batch did not make it',
    `UPDATE payout_batch SET first_approved_by = requested_by WHERE ${two}`,
  ],
  [
    'nobody approved what was submitted',
    'who approved a batch did not make it',
    'UPDATE payout_batch SET approved_by = NULL LIMIT 1',
  ],
  [
    'a person’s batch is called a schedule’s',
    'a batch that no person made is one that a schedule drafted',
    "UPDATE payout_batch SET made_by = 'system' LIMIT 1",
  ],
  [
    'the first of two checkers is gone',
    'a batch above the threshold was approved by two people, who approved the same',
    `UPDATE payout_batch SET first_approved_by = NULL, first_approval_hash = NULL WHERE ${two}`,
  ],
  [
    'two checkers are one person',
    'a batch above the threshold was approved by two people, who approved the same',
    `UPDATE payout_batch SET first_approved_by = approved_by WHERE ${two}`,
  ],
  [
    'the two approved different things',
    'a batch above the threshold was approved by two people, who approved the same',
    `UPDATE payout_batch SET first_approval_hash = REPEAT('0', 64) WHERE ${two}`,
  ],
  [
    'the threshold is raised afterwards',
    'what was approved is what stands there now',
    `UPDATE payout_batch SET policy = REPLACE(policy, '"secondApproverAbove":1000', '"secondApproverAbove":9000') WHERE ${two}`,
  ],
  ['a fee is changed', 'what was approved is what stands there now', 'UPDATE payout SET fee = fee + 1 LIMIT 1'],
  [
    'a beneficiary is changed',
    'what was approved is what stands there now',
    "UPDATE payout SET holder_sent = 'Somebody Else' LIMIT 1",
  ],
];

describe('the audit of payouts', () => {
  it('is clean over payouts with fees of both kinds and a batch that two people approved', async () => {
    expect(await w.offenders()).toEqual([]);
    const states = await w.db.query('SELECT DISTINCT state FROM payout ORDER BY state');
    expect(states.map((row: any) => row.state)).toEqual(['approved', 'paid', 'returned', 'submitting', 'withdrawn']);
  });

  it.each(TAMPERINGS)('sees that %s', async (_what, title, sql) => {
    const runner = w.db.createQueryRunner();
    await runner.query('SET SESSION check_constraint_checks = 0');
    await runner.startTransaction();
    try {
      await runner.query(sql);
      const found: string[] = [];
      for (const one of payoutInvariants)
        if ((await runner.query(one.sql)).some((row: any) => typeof row.offender === 'string')) found.push(one.title);
      expect(found).toContain(title);
      seen.add(title);
    } finally {
      await runner.rollbackTransaction();
      await runner.query('SET SESSION check_constraint_checks = 1');
      await runner.release();
    }
  });

  it('has been seen to fail in every invariant', () => {
    expect(payoutInvariants.map(({ title }) => title).filter((title) => !seen.has(title))).toEqual([]);
  });
});
