import type { Answer, HttpClient } from '../support/http-client.js';
import { PayoutWorld } from '../support/payouts.js';
import { startWechatPaySimulator } from '../../simulators/wechat-pay.mjs';

let wechat: Awaited<ReturnType<typeof startWechatPaySimulator>>;
let w: PayoutWorld;
beforeAll(async () => {
  wechat = await startWechatPaySimulator();
  w = await PayoutWorld.start({ ...wechat.settings, YINKE_WECHAT_PAY_TIMEOUT_MS: '300' });
});
afterAll(async () => {
  await w.close();
  await wechat.close();
});
beforeEach(() => {
  w.bank.forget();
  wechat.forget();
});
afterEach(async () => {
  expect(await w.offenders()).toEqual([]);
});

const PROOF = { evidence: 'Case 331: the bank executed nothing.', reason: 'The bank lost it.' };
const state = (id: string, body: object = PROOF, by: HttpClient = w.world.maker) =>
  by.post(`/v1/payouts/${id}/failure-statements`, body);
const decide = (stated: Answer, decision: 'approve' | 'reject', by: HttpClient = w.world.checker) =>
  by.post(
    `/v1/payouts/${stated.body.payout}/failure-statements/${stated.body.id}/${decision}`,
    decision === 'reject' ? { reason: 'No proof.' } : undefined,
  );
const code = ({ status, body }: Answer) => [status, body.code];
const contradictions = async (payout: string) =>
  (await w.world.auditor.get('/v1/payout-contradictions?state=open&limit=200')).body.items.filter(
    (one: any) => one.payout === payout,
  );

/** A payout whose answer was lost, at a bank that says nothing of it. */
async function lost(cash = 700n) {
  const merchant = await w.merchant(cash);
  const batch = await w.submitted([merchant]);
  const { id, reference } = batch.payouts[0];
  w.bank.behave({ does: 'error-before', reference });
  w.bank.behave({ does: 'error-before', on: 'status', reference });
  await w.poll();
  expect(await w.states(batch.id)).toEqual(['unknown']);
  return { batch: batch.id as string, id: id as string, reference: reference as string, merchant: merchant.id };
}

describe('a payout that the bank never speaks of', () => {
  it('has failed when one person states it with evidence and another one agrees: what is owed first, then available', async () => {
    const one = await lost();
    await w.takeBack(one.merchant, 200n);
    const stated = await state(one.id);
    expect(stated).toMatchObject({
      status: 201,
      body: { payout: one.id, state: 'awaiting-approval', reasonCode: 'NARR', decidedBy: null, ...PROOF },
    });
    expect(await w.balances(one.merchant)).toMatchObject({ available: 0 });
    expect(await decide(stated, 'approve')).toMatchObject({ status: 200, body: { state: 'approved' } });
    expect(await w.balances(one.merchant)).toMatchObject({ available: 500, owed: 0, held: 0 });
    expect(await w.payouts(one.batch)).toMatchObject([
      { state: 'failed', reasonCode: 'NARR', reason: 'stated by people: The bank lost it.' },
    ]);
    expect(await w.total('in-transit', one.id)).toBe(0);
    const actions = await w.db.query('SELECT action FROM audit_log WHERE subject = ? ORDER BY id', [one.id]);
    expect(actions.map((row: any) => row.action)).toEqual([
      'payout.failure-stated',
      'payout.failure-statement-approved',
    ]);
    const listed = await w.world.auditor.get(`/v1/payouts/${one.id}/failure-statements`);
    expect(listed.body.items).toMatchObject([{ id: stated.body.id, state: 'approved' }]);
    expect(code(await state(one.id))).toEqual([409, 'payout.wrong-state']);
  });

  it('is decided by the repeat of a refused approval whose answer was lost', async () => {
    const one = await lost();
    const stated = await state(one.id);
    await w.db.query('UPDATE payout SET claimed_until = NOW(6) + INTERVAL 1 HOUR WHERE id = ?', [one.id]);
    const keyed = w.world.checker.with({ 'idempotency-key': 'lost-approval' });
    expect(code(await decide(stated, 'approve', keyed))).toEqual([409, 'payout.attempt-running']);
    await w.db.query(
      'UPDATE idempotency_key SET answer = NULL, locked_at = NOW(6) - INTERVAL 61 SECOND ORDER BY locked_at DESC LIMIT 1',
    );
    await w.db.query('UPDATE payout SET claimed_until = NULL WHERE id = ?', [one.id]);
    expect(await decide(stated, 'approve', keyed)).toMatchObject({ status: 200, body: { state: 'approved' } });
  });

  it('gives its money on hold when the account is bad', async () => {
    const one = await lost();
    await decide(await state(one.id, { ...PROOF, reasonCode: 'AC04' }), 'approve');
    expect(await w.balances(one.merchant)).toMatchObject({ available: 0, held: 700 });
  });

  it('is freed once, by however many people at once, and stated once at a time', async () => {
    const one = await lost();
    const asked = await Promise.all([1, 2, 3].map(() => state(one.id)));
    expect(asked.map(code).sort()).toEqual([
      [201, undefined],
      [409, 'payout.request-pending'],
      [409, 'payout.request-pending'],
    ]);
    const stated = asked.find(({ status }) => status === 201) as Answer;
    const other = await w.staffMember('finance-checker');
    const answers = await Promise.all([decide(stated, 'approve'), decide(stated, 'approve', other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await w.balances(one.merchant)).toMatchObject({ available: 700 });
    expect(code(await decide(stated, 'approve'))).toEqual([409, 'payout.wrong-state']);
    expect(await w.balances(one.merchant)).toMatchObject({ available: 700 });
  });

  it('is decided by nobody who stated it, and goes on when the checker rejects', async () => {
    const one = await lost();
    const both = await w.staffMember('finance-maker', 'finance-checker');
    const stated = await state(one.id, PROOF, both);
    for (const what of ['approve', 'reject'] as const)
      expect(code(await decide(stated, what, both))).toEqual([409, 'payout.same-person']);
    expect((await decide(stated, 'approve', w.world.maker)).status).toBe(403);
    expect((await decide(stated, 'reject')).body).toMatchObject({ state: 'rejected', decisionReason: 'No proof.' });
    w.bank.forget();
    await w.poll();
    await w.poll();
    expect(await w.states(one.batch)).toEqual(['paid']);
    expect(w.bank.payment(one.reference)).toMatchObject({ executed: 1 });
  });

  it('is only asked about while a statement waits, and sent again after it was rejected', async () => {
    const one = await lost();
    const stated = await state(one.id);
    w.bank.forget();
    for (let i = 0; i < 3; i += 1) await w.poll();
    expect(w.bank.payment(one.reference)).toBeUndefined();
    await decide(stated, 'reject');
    await w.poll();
    expect(w.bank.payment(one.reference)).toMatchObject({ submitted: 1 });
  });

  it('is not freed while an attempt runs', async () => {
    const one = await lost();
    let answer = () => {};
    w.bank.forget();
    const called = new Promise<void>((resolve) => {
      const first = () => {
        resolve();
        return new Promise<void>((done) => (answer = done));
      };
      w.bank.behave({ does: 'error-before', reference: one.reference, first });
    });
    const attempt = w.poll();
    await called;
    const stated = await state(one.id);
    expect(code(await decide(stated, 'approve'))).toEqual([409, 'payout.attempt-running']);
    answer();
    await attempt;
    expect((await decide(stated, 'approve')).status).toBe(200);
    expect(await w.balances(one.merchant)).toMatchObject({ available: 700 });
  });

  it('is not freed when the bank says at the last question that it was paid', async () => {
    const one = await lost();
    const stated = await state(one.id);
    w.bank.behave({ does: 'settle', reference: one.reference });
    const order = { reference: one.reference, amount: 700, currency: 'CNY', creditor: { name: 'x', account: 'y' } };
    await fetch(`${w.bank.url}/payments`, { method: 'POST', body: JSON.stringify(order) });
    w.bank.forget();
    expect(code(await decide(stated, 'approve'))).toEqual([409, 'payout.wrong-state']);
    expect(await w.states(one.batch)).toEqual(['paid']);
    expect(await w.balances(one.merchant)).toMatchObject({ available: 0 });
    expect((await decide(stated, 'reject')).status).toBe(200);
  });

  it('cannot be stated for a file, before it was sent, without evidence or for nothing', async () => {
    const file = await w.submitted([await w.merchant(700n)], { rail: 'csv-file' });
    expect(code(await state(file.payouts[0].id))).toEqual([409, 'payout.not-called']);
    const approved = await w.approved([await w.merchant(700n)]);
    expect(code(await state(approved.payouts[0].id))).toEqual([409, 'payout.wrong-state']);
    await w.step(approved.id, 'submit');
    expect(code(await state(approved.payouts[0].id))).toEqual([409, 'payout.wrong-state']);
    const one = await lost();
    for (const wrong of [{}, { reason: 'x' }, { evidence: 'x' }, { ...PROOF, reasonCode: 'bad' }])
      expect((await state(one.id, wrong)).status).toBe(422);
    expect(code(await state('pay_00000000000000000000000000'))).toEqual([404, 'payout.not-found']);
    expect((await state(one.id, PROOF, w.world.checker)).status).toBe(403);
  });
});

describe('a late success after people freed the money', () => {
  it('is found by asking, open and listed until a person settles it; the money does not move', async () => {
    const one = await lost();
    await decide(await state(one.id), 'approve');
    w.bank.behave({ does: 'settle', reference: one.reference });
    const order = { reference: one.reference, amount: 700, currency: 'CNY', creditor: { name: 'x', account: 'y' } };
    await fetch(`${w.bank.url}/payments`, { method: 'POST', body: JSON.stringify(order) });
    w.bank.forget();
    await w.poll();
    await w.poll();
    const [found, ...more] = await contradictions(one.id);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ payoutState: 'failed', bankStatus: 'paid', source: 'answer', state: 'open' });
    expect(w.bank.payment(one.reference)).toMatchObject({ submitted: 1 });
    expect(await w.states(one.batch)).toEqual(['failed']);
    expect(await w.balances(one.merchant)).toMatchObject({ available: 700 });

    const settle = (by: HttpClient, body: object = { reason: 'The bank took it back.' }) =>
      by.post(`/v1/payout-contradictions/${found.id}/settle`, body);
    expect((await settle(w.world.checker)).status).toBe(403);
    expect((await settle(w.world.maker, {})).status).toBe(422);
    const answers = await Promise.all([settle(w.world.maker), settle(w.world.maker)]);
    expect(answers.map(code).sort()).toEqual([
      [200, undefined],
      [409, 'payout.wrong-state'],
    ]);
    await w.poll();
    expect(await contradictions(one.id)).toEqual([]);
  });

  it('is asked about for 29 days after it was sent, and no longer', async () => {
    const one = await lost();
    await decide(await state(one.id), 'approve');
    const attempts = async (): Promise<number> => (await w.payouts(one.batch))[0].attempts;
    const before = await attempts();
    await w.poll();
    expect(await attempts()).toBe(before + 1);
    await w.db.query('UPDATE payout SET first_sent_at = NOW(6) - INTERVAL 30 DAY WHERE id = ?', [one.id]);
    await w.poll();
    expect(await attempts()).toBe(before + 1);
  });

  it('is open when WeChat Pay notifies of it, and a failure after a success is as well', async () => {
    const { id } = await w.merchant(900n, null);
    const reviewer = await w.staffMember('reviewer');
    await reviewer.put(`/v1/merchants/${id}/wechat-payee`, { openid: 'o-MYE42l80oelYMDE34nYd456', holder: '王小明' });
    const { payouts, id: batch } = await w.submitted([{ id }], { rail: 'wechat-pay' });
    const [{ id: payout, reference }] = payouts;
    await w.poll();
    expect(await w.states(batch)).toEqual(['accepted']);
    expect((await decide(await state(payout), 'approve')).status).toBe(200);
    expect(await w.balances(id)).toMatchObject({ available: 900 });
    wechat.move(reference, 'SUCCESS');
    const { headers, body } = wechat.notification(reference);
    const notify = () => w.testApp.http.with(headers).post('/v1/payout-notifications/wechat-pay', body);
    const answers = await Promise.all([notify(), notify(), notify()]);
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    const [open] = await contradictions(payout);
    expect(open).toMatchObject({ bankStatus: 'paid', source: 'notification' });
    const next = await w.draft([{ id }], { rail: 'wechat-pay' });
    expect(next.body).toMatchObject({ payoutCount: 0, skipped: [{ merchant: id, reason: 'bank-line-open' }] });
    const settled = { reason: 'The payee gave it back in cash.' };
    expect((await w.world.maker.post(`/v1/payout-contradictions/${open.id}/settle`, settled)).status).toBe(200);

    const again = await w.submitted([{ id }], { rail: 'wechat-pay' });
    await w.poll();
    wechat.move(again.payouts[0].reference, 'SUCCESS');
    await w.poll();
    expect(await w.states(again.id)).toEqual(['paid']);
    const change = { state: 'FAIL', fail_reason: 'NAME_NOT_CORRECT' };
    const late = wechat.notification(again.payouts[0].reference, { change });
    await w.testApp.http.with(late.headers).post('/v1/payout-notifications/wechat-pay', late.body);
    expect(await contradictions(again.payouts[0].id)).toMatchObject([{ payoutState: 'paid', bankStatus: 'failed' }]);
    expect(await w.balances(id)).toMatchObject({ available: 0 });
  });
});
