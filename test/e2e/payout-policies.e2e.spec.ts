import { camt } from '../support/bank-reports.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
beforeEach(() => w.bank.forget());
afterEach(async () => {
  await w.policy({});
  expect(await w.offenders()).toEqual([]);
  expect(w.bank.conflicts()).toEqual([]);
});

const reasons = (draft: { body: any }) =>
  Object.fromEntries(draft.body.skipped.map((skip: any) => [skip.merchant, skip.reason]));
const sent = (reference: string) => w.bank.payment(reference)?.amount;
const report = (xml: string) =>
  w.world.maker.with({ 'content-type': 'application/xml' }).post('/v1/bank-reports', Buffer.from(xml));

async function paid(cash: bigint, terms: object) {
  await w.policy(terms);
  const merchant = await w.merchant(cash);
  const { id, payouts } = await w.submitted([merchant]);
  await w.poll();
  await w.poll();
  expect(await w.states(id)).toEqual(['paid']);
  const payout = payouts[0];
  const entries = async () => ({ bank: await w.total('bank', payout.id), fees: await w.total('fees', payout.id) });
  return { id, merchant, payout, entries };
}

async function returned({ payout }: { payout: any }) {
  const amount = (payout.sentAmount / 100).toFixed(2);
  const answer = await report(camt([{ reference: payout.reference, amount, returned: 'AC04' }]));
  expect(answer.body.lines.map((line: any) => line.result)).toEqual(['applied']);
}

describe('the policy of a currency', () => {
  it('is set by an admin, read by finance, and refused when it makes no sense', async () => {
    const terms = {
      minAmount: 100,
      maxAmount: 5_000_000,
      overMaximum: 'split',
      fee: { amount: 50, rateBps: 10, chargedTo: 'merchant' },
      railFees: [{ rail: 'wechat-pay', amount: 0, chargedTo: 'platform' }],
      secondApproverAbove: 10_000_000,
    };
    expect(await w.policy(terms)).toMatchObject({
      currency: 'CNY',
      ...terms,
      changedBy: expect.stringMatching(/^stf_/),
    });
    expect((await w.world.auditor.get('/v1/payout-policies/CNY')).body).toMatchObject(terms);
    expect((await w.world.auditor.get('/v1/payout-policies/JPY')).body).toEqual({
      currency: 'JPY',
      changedBy: null,
      changedAt: null,
    });
    for (const who of [w.world.maker, w.world.checker, w.world.auditor, w.world.sk])
      expect((await who.put('/v1/payout-policies/CNY', {})).status).toBe(403);
    expect((await w.world.sk.get('/v1/payout-policies/CNY')).status).toBe(403);
    const bad: [object, string][] = [
      [{ minAmount: 0 }, '/minAmount'],
      [{ minAmount: 2, maxAmount: 1 }, '/minAmount'],
      [{ maxAmount: -1 }, '/maxAmount'],
      [{ overMaximum: 'lose' }, '/overMaximum'],
      [{ fee: { amount: 1 } }, '/fee/chargedTo'],
      [{ fee: { amount: -1, chargedTo: 'merchant' } }, '/fee/amount'],
      [{ fee: { rateBps: 10_001, chargedTo: 'merchant' } }, '/fee/rateBps'],
      [{ fee: [] }, '/fee'],
      [{ railFees: [{ rail: 'pigeon', chargedTo: 'merchant' }] }, '/railFees/0/rail'],
      [{ secondApproverAbove: 1.5 }, '/secondApproverAbove'],
      [{ surprise: 1 }, '/surprise'],
    ];
    for (const [change, pointer] of bad) {
      const { status, body } = await w.world.admin.put('/v1/payout-policies/CNY', change);
      expect([change, status, body.errors?.[0]?.pointer]).toEqual([change, 422, pointer]);
    }
    expect((await w.world.admin.put('/v1/payout-policies/XXZ', {})).status).toBe(422);
    const nothing = { minAmount: null, maxAmount: null, overMaximum: null, fee: null, railFees: null };
    const unset = await w.world.admin.put('/v1/payout-policies/JPY', { ...nothing, secondApproverAbove: null });
    expect([unset.status, Object.keys(unset.body).sort()]).toEqual([200, ['changedAt', 'changedBy', 'currency']]);
    expect((await w.world.auditor.get('/v1/payout-policies/CNY')).body).toMatchObject(terms);
  });

  it('pays nobody less than the minimum, also when a maker would', async () => {
    await w.policy({ minAmount: 100 });
    const [small, large] = [await w.merchant(99n), await w.merchant(100n)];
    const draft = await w.draft([small, large]);
    expect(draft.body).toMatchObject({ payoutCount: 1, policy: { minAmount: 100 } });
    expect(reasons(draft)).toEqual({ [small.id]: 'below-minimum' });
    expect(await w.draft([small], { minAmount: 99 })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/minAmount' }] },
    });
    expect((await w.draft([large], { minAmount: 101 })).body.payoutCount).toBe(0);
  });

  it('splits what is above the maximum into equal payouts that are each paid once, or skips it', async () => {
    await w.policy({ maxAmount: 400 });
    const merchant = await w.merchant(1_000n);
    expect(reasons(await w.draft([merchant]))).toEqual({ [merchant.id]: 'above-maximum' });
    await w.policy({ maxAmount: 400, overMaximum: 'split' });
    w.bank.behave({ account: merchant.number, does: 'reject', times: 1 });
    const { id, payouts } = await w.submitted([merchant]);
    expect(payouts.map((payout: any) => payout.amount)).toEqual([334, 333, 333]);
    await w.poll();
    await w.poll();
    expect((await w.states(id)).sort()).toEqual(['failed', 'paid', 'paid']);
    const back = (await w.payouts(id)).find((payout) => payout.state === 'failed').amount;
    expect(await w.balances(merchant.id)).toMatchObject({ available: back, reserved: 0 });
    expect(await w.batch(id)).toMatchObject({ state: 'completed', total: 1_000, controlSum: 1_000 });
  });

  it('stays with a draft that was made under it, and the approval binds it', async () => {
    await w.policy({ fee: { amount: 10, chargedTo: 'merchant' } });
    const merchant = await w.merchant(500n);
    const { body } = await w.draft([merchant]);
    await w.policy({ fee: { amount: 99, chargedTo: 'platform' }, secondApproverAbove: 0 });
    await w.step(body.id, 'request-approval');
    await w.db.query(`UPDATE payout_batch SET policy = REPLACE(policy, '"amount":10', '"amount":1') WHERE id = ?`, [
      body.id,
    ]);
    expect((await w.step(body.id, 'approve')).body.code).toBe('payout.approval-void');
    await w.db.query(`UPDATE payout_batch SET policy = REPLACE(policy, '"amount":1,', '"amount":10,') WHERE id = ?`, [
      body.id,
    ]);
    expect(await w.step(body.id, 'approve')).toMatchObject({ status: 200, body: { state: 'approved', fees: 10 } });
    await w.step(body.id, 'cancel');
    expect(await w.balances(merchant.id)).toMatchObject({ available: 500, reserved: 0 });
  });
});

describe('a fee that the merchant bears', () => {
  const terms = { fee: { amount: 30, rateBps: 100, chargedTo: 'merchant' } };

  it('is kept from what the bank is told to pay, and shows in the books when the payout is paid', async () => {
    const one = await paid(10_000n, terms);
    expect(one.payout).toMatchObject({ amount: 10_000, fee: 130, feeChargedTo: 'merchant', sentAmount: 9_870 });
    expect(sent(one.payout.reference)).toBe(9_870);
    expect(await one.entries()).toEqual({ bank: 9_870, fees: 130 });
    expect(await w.batch(one.id)).toMatchObject({ total: 10_000, fees: 130, controlSum: 9_870 });
  });

  it('comes back with the money when the payout fails', async () => {
    await w.policy(terms);
    const merchant = await w.merchant(10_000n);
    w.bank.behave({ account: merchant.number, does: 'reject' });
    const { id, payouts } = await w.submitted([merchant]);
    await w.poll();
    expect(await w.states(id)).toEqual(['failed']);
    expect(await w.balances(merchant.id)).toMatchObject({ available: 10_000, reserved: 0, held: 0 });
    expect(await w.total('fees', payouts[0].id)).toBe(0);
  });

  it('comes back with the money when the payout is returned', async () => {
    const one = await paid(10_000n, terms);
    await returned(one);
    expect(await w.balances(one.merchant.id)).toMatchObject({ available: 0, held: 10_000 });
    expect(await one.entries()).toEqual({ bank: 0, fees: 0 });
  });

  it('leaves a merchant out of whom nothing would be left', async () => {
    await w.policy({ fee: { amount: 100, chargedTo: 'merchant' } });
    const [equal, more] = [await w.merchant(100n), await w.merchant(101n)];
    const draft = await w.draft([equal, more]);
    expect(reasons(draft)).toEqual({ [equal.id]: 'fee-exceeds-amount' });
    expect(draft.body.payouts).toMatchObject([{ amount: 101, sentAmount: 1 }]);
  });

  it('is in neither the payments of a bank file nor its control sum', async () => {
    await w.policy(terms);
    const { id } = await w.submitted([await w.merchant(10_000n), await w.merchant(20_000n)], { rail: 'iso20022-file' });
    const { text } = await w.world.maker.get(`/v1/payout-batches/${id}/file`);
    expect(text.match(/<CtrlSum>[^<]*/g)).toEqual(['<CtrlSum>296.40', '<CtrlSum>296.40']);
    expect(text.match(/<InstdAmt[^>]*>[^<]*/g)?.sort()).toEqual([
      '<InstdAmt Ccy="CNY">197.70',
      '<InstdAmt Ccy="CNY">98.70',
    ]);
    const [{ reference }] = await w.payouts(id);
    const whole = await report(camt([{ reference, amount: '100.00' }]));
    expect(whole.body.lines.map((line: any) => line.result)).toEqual(['contradicting']);
    const less = await report(camt([{ reference, amount: '98.70' }]));
    expect(less.body.lines.map((line: any) => line.result)).toEqual(['applied']);
  });
});

describe('a fee that the operator bears', () => {
  const terms = {
    fee: { amount: 999, chargedTo: 'merchant' },
    railFees: [{ rail: 'http-bank', amount: 25, chargedTo: 'platform' }],
  };

  it('is a cost when the payout is paid, and stays one when it is returned', async () => {
    const one = await paid(10_000n, terms);
    expect(one.payout).toMatchObject({ amount: 10_000, fee: 25, feeChargedTo: 'platform', sentAmount: 10_000 });
    expect(sent(one.payout.reference)).toBe(10_000);
    expect(await one.entries()).toEqual({ bank: 10_025, fees: -25 });
    await returned(one);
    expect(await w.balances(one.merchant.id)).toMatchObject({ held: 10_000 });
    expect(await one.entries()).toEqual({ bank: 25, fees: -25 });
  });

  it('is none when the payout fails', async () => {
    await w.policy(terms);
    const merchant = await w.merchant(10_000n);
    w.bank.behave({ account: merchant.number, does: 'reject' });
    const { payouts } = await w.submitted([merchant]);
    await w.poll();
    expect(await w.balances(merchant.id)).toMatchObject({ available: 10_000 });
    expect([await w.total('fees', payouts[0].id), await w.total('bank', payouts[0].id)]).toEqual([0, 0]);
  });
});

describe('above the threshold', () => {
  const waiting = async (cash = 1_001n) => {
    await w.policy({ secondApproverAbove: 1_000 });
    const merchant = await w.merchant(cash);
    const { body } = await w.draft([merchant]);
    expect((await w.step(body.id, 'request-approval')).status).toBe(200);
    return { id: body.id as string, merchant };
  };

  it('two checkers approve the same, neither of whom made the batch; the first reserves nothing', async () => {
    const { id, merchant } = await waiting();
    const second = await w.staffMember('finance-checker');
    const first = await w.step(id, 'approve');
    expect(first).toMatchObject({ status: 200, body: { state: 'awaiting-approval', approvalsNeeded: 2 } });
    expect(first.body).toMatchObject({ firstApprovedBy: expect.any(String), approvedBy: null, approvalHash: null });
    expect(await w.balances(merchant.id)).toMatchObject({ available: 1_001, reserved: 0 });
    expect((await w.step(id, 'submit')).body.code).toBe('payout.wrong-state');
    expect((await w.step(id, 'approve')).body.code).toBe('payout.same-person');
    const done = await w.step(id, 'approve', second);
    expect(done.body).toMatchObject({ state: 'approved', firstApprovedBy: first.body.firstApprovedBy });
    expect(done.body.approvedBy).not.toBe(first.body.firstApprovedBy);
    expect(await w.balances(merchant.id)).toMatchObject({ available: 0, reserved: 1_001 });
    expect((await w.step(id, 'approve', second)).body.code).toBe('payout.wrong-state');
    await w.step(id, 'submit');
    await w.poll();
    await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
  });

  it('and not at it: there one is enough', async () => {
    const { id } = await waiting(1_000n);
    expect((await w.step(id, 'approve')).body).toMatchObject({ state: 'approved', approvalsNeeded: 1 });
  });

  it('who made the batch is neither of the two', async () => {
    const { id } = await waiting();
    const both = await w.staffMember('finance-maker', 'finance-checker');
    const merchant = await w.merchant(2_000n);
    const { body } = await both.post('/v1/payout-batches', {
      currency: 'CNY',
      rail: 'http-bank',
      merchants: [merchant.id],
    });
    await w.step(body.id, 'request-approval');
    expect((await w.step(body.id, 'approve', both)).body.code).toBe('payout.same-person');
    await w.step(body.id, 'approve');
    expect((await w.step(body.id, 'approve', both)).body.code).toBe('payout.same-person');
    await w.step(id, 'approve');
    expect((await w.step(id, 'reject', undefined, { reason: 'No.' })).body.state).toBe('rejected');
  });

  it('any change after the first approval voids both', async () => {
    const { id } = await waiting();
    const second = await w.staffMember('finance-checker');
    await w.step(id, 'approve');
    const change = (by: number) =>
      w.db.query('UPDATE payout SET amount = amount + ?, sent_amount = sent_amount + ? WHERE batch_id = ?', [
        by,
        by,
        id,
      ]);
    await change(1);
    for (const who of [w.world.checker, second]) expect((await w.step(id, 'approve', who)).status).toBe(409);
    expect((await w.step(id, 'approve', second)).body.code).toBe('payout.approval-void');
    expect(await w.offenders()).not.toEqual([]);
    // Also when the whole chain is written anew: it is not what the first of them approved.
    await change(-1);
    await w.db.query("UPDATE payout_batch SET first_approval_hash = REPEAT('0', 64) WHERE id = ?", [id]);
    expect((await w.step(id, 'approve', second)).body.code).toBe('payout.approval-void');
    await w.db.query(
      'UPDATE payout_batch SET first_approval_hash = (SELECT link FROM payout WHERE batch_id = ?) WHERE id = ?',
      [id, id],
    );
    expect((await w.step(id, 'cancel')).status).toBe(200);
  });

  it('of many checkers at once two decide, and the money is reserved once', async () => {
    const { id, merchant } = await waiting();
    const checkers = await Promise.all(Array.from({ length: 5 }, () => w.staffMember('finance-checker')));
    const answers = await Promise.all([...checkers, ...checkers].map((who) => w.step(id, 'approve', who)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(await w.balances(merchant.id)).toMatchObject({ available: 0, reserved: 1_001 });
  });
});

describe('several currencies', () => {
  it('leave in a batch each, in units of their own, for the same merchants', async () => {
    const merchants = [await w.merchant(500n), await w.merchant(700n)];
    for (const { id } of merchants) await w.credit(id, 9n, 'USD');
    const [cny, usd] = [await w.submitted(merchants), await w.submitted(merchants, { currency: 'USD' })];
    for (let i = 0; i < 2; i += 1) await w.poll();
    expect(await w.batch(cny.id)).toMatchObject({ currency: 'CNY', controlSum: 1_200, state: 'completed' });
    expect(await w.batch(usd.id)).toMatchObject({ currency: 'USD', controlSum: 18, state: 'completed' });
    for (const { id } of merchants) {
      expect(await w.balances(id)).toMatchObject({ available: 0, reserved: 0 });
      expect(await w.balances(id, 'USD')).toMatchObject({ available: 0, reserved: 0 });
    }
  });
});

describe('a batch that is answered in different ways', () => {
  it('“A batch answered partly completed, partly failed, partly returned”: each payout ends as the bank said, with its fee', async () => {
    await w.policy({ fee: { amount: 10, chargedTo: 'merchant' } });
    const [kept, refused, closed, back, silent] = await Promise.all(
      [1_000n, 2_000n, 3_000n, 4_000n, 5_000n].map((cash) => w.merchant(cash)),
    );
    w.bank.behave({ account: refused!.number, does: 'reject' });
    w.bank.behave({ account: closed!.number, does: 'bad-account' });
    w.bank.behave({ account: silent!.number, does: 'error-after' });
    w.bank.behave({ on: 'status', account: silent!.number, does: 'error-before' });
    const { id, payouts } = await w.submitted([kept!, refused!, closed!, back!, silent!]);
    for (let i = 0; i < 2; i += 1) await w.poll();
    await returned({ payout: payouts.find((payout: any) => payout.merchant === back!.id) });
    const batch = await w.batch(id);
    expect(batch).toMatchObject({ state: 'submitted', total: 15_000, fees: 50, controlSum: 14_950 });
    const outcomes = Object.fromEntries(batch.outcomes.map((one: any) => [one.state, [one.count, one.amount]]));
    expect(outcomes).toEqual({ paid: [1, 1_000], failed: [2, 5_000], returned: [1, 4_000], unknown: [1, 5_000] });
    expect(await w.balances(refused!.id)).toMatchObject({ available: 2_000, held: 0 });
    expect(await w.balances(closed!.id)).toMatchObject({ available: 0, held: 3_000 });
    expect(await w.balances(back!.id)).toMatchObject({ available: 0, held: 4_000 });
    w.bank.forget();
    await w.poll();
    expect((await w.batch(id)).state).toBe('completed');
    expect(await w.balances(silent!.id)).toMatchObject({ available: 0, held: 0 });
  });
});
