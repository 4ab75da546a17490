import { firstSignIn } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { PayoutWorld } from '../support/payouts.js';
import { startWechatPaySimulator } from '../../simulators/wechat-pay.mjs';

const NOTIFY = '/v1/payout-notifications/wechat-pay';

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
beforeEach(() => wechat.forget());
afterEach(async () => {
  expect(await w.offenders()).toEqual([]);
  expect(wechat.faults()).toEqual([]);
  await w.rest();
});

let wallets = 0;

/** A merchant's payouts as they see them with their own token. */
async function ownPayouts({ id, own }: { id: string; own: HttpClient }): Promise<any[]> {
  return (await own.get(`/v1/merchants/${id}/payouts`)).body.items;
}

async function confirmationsOf(payee: { id: string; own: HttpClient }) {
  return (await ownPayouts(payee)).map(({ confirmation }) => confirmation);
}

/** A merchant with cash and a WeChat wallet. */
async function merchant(cash: bigint) {
  const { id, applicationToken } = await w.merchant(cash, null);
  const own = await firstSignIn(w.testApp.http, applicationToken);
  wallets += 1;
  const openid = `o-MYE42l80oelYMDE34n${String(wallets).padStart(8, '0')}`;
  const reviewer = await w.staffMember('reviewer');
  const put = await reviewer.put(`/v1/merchants/${id}/wechat-payee`, { openid, holder: '王小明' });
  expect(put).toMatchObject({ status: 200, body: { maskedOpenid: `••••${openid.slice(-4)}` } });
  expect(put.text).not.toContain(openid);
  return { id, openid, own };
}

async function submitted(cash: bigint) {
  const payee = await merchant(cash);
  const { id, payouts } = await w.submitted([payee], { rail: 'wechat-pay' });
  return { id, payee, reference: payouts[0].reference as string };
}

function notify(number: string, how?: Parameters<typeof wechat.notification>[1]) {
  const { headers, body } = wechat.notification(number, how);
  return w.testApp.http.with(headers).post(NOTIFY, body);
}

describe('a payout over WeChat Pay', () => {
  it('goes to the openid under the payout’s reference, with the name encrypted, and is paid when WeChat Pay says so', async () => {
    const { id, payee, reference } = await submitted(12_345n);
    await w.poll();
    expect(await w.states(id)).toEqual(['accepted']);
    expect(wechat.bill(reference)).toMatchObject({
      openid: payee.openid,
      user_name: '王小明',
      transfer_amount: 12_345,
      submitted: 1,
    });
    wechat.move(reference, 'SUCCESS');
    await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
    expect(await w.balances(payee.id)).toMatchObject({ available: 0, reserved: 0 });
  });

  it.each([
    ['the time is over before', 'time-out-before'],
    ['the time is over after', 'time-out-after'],
    ['WeChat Pay fails before', 'error-before'],
    ['WeChat Pay fails after', 'error-after'],
    ['somebody else signed the answer after', 'wrong-signature'],
    ['WeChat Pay wants no more calls before', 'rate-limit'],
    ['there is not enough money before', 'not-enough'],
    ['the account has no permission before', 'no-auth'],
    ['the address is not allowed before', 'invalid-request'],
    ['our signature is not accepted before', 'sign-error'],
  ] as const)('is paid once when %s executing it', async (_, does) => {
    wechat.behave(does);
    const { id, reference } = await submitted(100n);
    await w.delivery.submitWaitingPayouts([id]);
    const looked = ['rate-limit', 'not-enough', 'no-auth', 'invalid-request', 'sign-error'].includes(does);
    expect(await w.states(id)).toEqual([looked ? 'submitting' : 'unknown']);
    wechat.behave('wrong-signature', 'status');
    await w.db.query('UPDATE payout_batch SET pause_until = NOW(6) WHERE id = ?', [id]);
    await w.poll();
    await w.poll();
    expect(await w.states(id)).toEqual(['accepted']);
    wechat.move(reference, 'SUCCESS');
    wechat.behave('other-amount', 'status');
    await w.poll();
    expect((await w.states(id))[0]).not.toBe('paid');
    await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
    expect(wechat.bill(reference)).toMatchObject({ submitted: 1, executed: 1 });
  });

  it('waits for the merchant to agree, with what they need for it, also when the first answer was lost', async () => {
    wechat.begin('WAIT_USER_CONFIRM');
    const agreed = await submitted(100n);
    wechat.behave('time-out-after');
    const refused = await submitted(200n);
    await w.poll();
    await w.poll();
    for (const { id, reference, payee } of [agreed, refused]) {
      expect(await w.payouts(id)).toMatchObject([{ state: 'accepted', waitsForPayee: true }]);
      expect(await confirmationsOf(payee)).toEqual([
        { packageInfo: `package-of-${reference}`, mchId: '1900001109', appId: 'wxf636efh567hg4356' },
      ]);
      // Whoever has the package could have the transfer shown: staff do not see it anywhere.
      for (const path of [`/v1/payout-batches/${id}/payouts`, `/v1/merchants/${payee.id}/payouts`]) {
        const { text } = await w.world.auditor.get(path);
        expect(text).toContain(reference);
        expect(text).not.toContain('package-of');
      }
    }
    wechat.move(agreed.reference, 'SUCCESS');
    wechat.move(refused.reference, 'CANCELLED');
    await w.poll();
    expect([await w.states(agreed.id), await w.states(refused.id)]).toEqual([['paid'], ['failed']]);
    for (const { payee } of [agreed, refused]) expect(await confirmationsOf(payee)).toEqual([null]);
    expect(await w.balances(refused.payee.id)).toMatchObject({ available: 200 });
    expect(wechat.bill(refused.reference)).toMatchObject({ executed: 1 });
  });

  it('gives no money back for a refusal, nor because the number is not known', async () => {
    wechat.behave('refuse', 'submit', 99);
    const refused = await submitted(100n);
    for (let i = 0; i < 3; i += 1) await w.poll();
    const reason = expect.stringContaining('PARAM_ERROR: 参数错误');
    expect(await w.payouts(refused.id)).toMatchObject([{ state: 'unknown', reason }]);
    expect(await w.balances(refused.payee.id)).toMatchObject({ available: 0, reserved: 0, held: 0 });
  });

  it('never ends a transfer that was executed because a later query does not know it', async () => {
    wechat.behave('time-out-after');
    const { id, payee, reference } = await submitted(100n);
    await w.delivery.submitWaitingPayouts([id]);
    wechat.behave('not-found', 'status', 99, reference);
    wechat.behave('refuse', 'submit', 99, reference);
    for (let i = 0; i < 3; i += 1) await w.poll();
    expect(await w.states(id)).toEqual(['unknown']);
    expect(await w.balances(payee.id)).toMatchObject({ available: 0, held: 0 });
    wechat.forget();
    wechat.move(reference, 'SUCCESS');
    await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
    expect(wechat.bill(reference)).toMatchObject({ executed: 1 });
  });

  it.each([
    ['28 days', 28, 2],
    ['30 days', 30, 1],
  ])('is sent again under its number after %s only while WeChat Pay still knows it', async (_, days, submits) => {
    wechat.behave('time-out-after');
    const { id, payee, reference } = await submitted(100n);
    await w.delivery.submitWaitingPayouts([id]);
    await w.db.query('UPDATE payout SET first_sent_at = NOW(6) - INTERVAL ? DAY WHERE batch_id = ?', [days, id]);
    wechat.behave('not-found', 'status', 1, reference);
    await w.poll();
    expect(wechat.bill(reference)).toMatchObject({ submitted: submits, executed: 1 });
    expect(await w.states(id)).not.toEqual(['failed']);
    expect(await w.balances(payee.id)).toMatchObject({ available: 0, held: 0 });
    wechat.move(reference, 'SUCCESS');
    await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
  });

  it.each(['NAME_NOT_CORRECT', 'ID_CARD_NOT_CORRECT', 'BANK_CARD_STATUS_ABNORMAL', 'BANK_CARD_CARD_INFO_WRONG'])(
    'puts the money on hold when the payee is at fault: %s',
    async (why) => {
      const bad = await submitted(300n);
      await w.poll();
      wechat.move(bad.reference, 'FAIL', why);
      await w.poll();
      expect(await w.payouts(bad.id)).toMatchObject([{ state: 'failed', reason: why }]);
      expect(await w.balances(bad.payee.id)).toMatchObject({ available: 0, held: 300 });
    },
  );

  it('gives the money back when the payee did not confirm in time, and the next batch asks again', async () => {
    wechat.begin('WAIT_USER_CONFIRM');
    const { id, payee, reference } = await submitted(300n);
    await w.poll();
    wechat.move(reference, 'FAIL', 'OVERDUE_CLOSE');
    await w.poll();
    expect(await w.payouts(id)).toMatchObject([
      { state: 'failed', reasonCode: 'NOAS', reason: 'OVERDUE_CLOSE: the payee did not confirm in time' },
    ]);
    expect((await ownPayouts(payee))[0].words).toEqual({
      'zh-CN': expect.stringContaining('未在规定时间内确认收款'),
      en: expect.stringMatching(/did not confirm the transfer in time.*sent again with the next batch/),
    });
    expect(await w.balances(payee.id)).toMatchObject({ available: 300, held: 0 });
    const again = await w.submitted([payee], { rail: 'wechat-pay' });
    await w.poll();
    expect(again.payouts[0].reference).not.toBe(reference);
    expect(wechat.bill(again.payouts[0].reference)).toMatchObject({ state: 'WAIT_USER_CONFIRM', executed: 1 });
  });

  it('is sent again under the same number when it stands in PROCESSING, after ten minutes and not before', async () => {
    wechat.begin('PROCESSING');
    const { id, reference } = await submitted(300n);
    for (let i = 0; i < 3; i += 1) await w.poll();
    expect(wechat.bill(reference)).toMatchObject({ submitted: 1 });
    await w.db.query('UPDATE payout SET state_at = NOW(6) - INTERVAL 11 MINUTE WHERE batch_id = ?', [id]);
    wechat.behave('not-enough', 'submit', 1, reference);
    await w.poll();
    expect((await w.batch(id)).paused).toMatchObject({ cause: 'top-up' });
    expect(await w.states(id)).toEqual(['accepted']);
    await w.db.query('UPDATE payout_batch SET pause_until = NOW(6) WHERE id = ?', [id]);
    await w.poll();
    expect(wechat.bill(reference)).toMatchObject({ submitted: 2, executed: 1 });
    wechat.move(reference, 'SUCCESS');
    await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
  });

  it.each([
    ['not-enough', 'top-up', 'NOT_ENOUGH: 资金不足'],
    ['no-auth', 'operator', 'NO_AUTH: 商户无此权限'],
    ['invalid-request', 'operator', 'INVALID_REQUEST: 此IP地址不允许调用该接口'],
    ['sign-error', 'operator', 'SIGN_ERROR: 签名错误'],
  ] as const)('pauses the batch and fails nobody when the operator is at fault: %s', async (does, cause, reason) => {
    const payees = await Promise.all(Array.from({ length: 12 }, () => merchant(100n)));
    const { id } = await w.submitted(payees, { rail: 'wechat-pay' });
    wechat.behave(does, 'submit', 999);
    await w.poll();
    await w.poll();
    expect(await w.states(id)).toEqual(Array(12).fill('submitting'));
    expect((await w.batch(id)).paused).toMatchObject({ cause, reason });
    const attempts = (await w.payouts(id)).map((payout) => payout.attempts);
    expect(attempts.filter((count) => count === 0).length).toBeGreaterThan(0);
    expect((await w.testApp.http.get('/metrics')).text).toMatch(
      new RegExp(`^yinke_payout_batches_paused\\{cause="${cause}"\\} [1-9]`, 'm'),
    );
    wechat.forget();
    await w.poll();
    expect(await w.states(id)).toEqual(Array(12).fill('submitting'));
    if (does === 'not-enough') await w.db.query('UPDATE payout_batch SET pause_until = NOW(6) WHERE id = ?', [id]);
    else {
      expect((await w.world.checker.post(`/v1/payout-batches/${id}/resume`)).status).toBe(403);
      expect((await w.world.maker.post(`/v1/payout-batches/${id}/resume`)).body).toMatchObject({ paused: null });
      expect((await w.world.maker.post(`/v1/payout-batches/${id}/resume`)).body.code).toBe('payout.wrong-state');
    }
    await w.poll();
    expect(await w.states(id)).toEqual(Array(12).fill('accepted'));
    expect((await w.batch(id)).paused).toBeNull();
  });

  it('leaves out what WeChat Pay does not carry: less than 10 fen after the fee', async () => {
    await w.policy({ fee: { amount: 5, chargedTo: 'merchant' } });
    const [under, just] = [await merchant(14n), await merchant(15n)];
    const { body } = await w.draft([under, just], { rail: 'wechat-pay' });
    await w.policy({});
    expect(body.skipped).toMatchObject([{ merchant: under.id, reason: 'below-minimum', detail: expect.any(String) }]);
    expect(body.payouts).toMatchObject([{ sentAmount: 10 }]);
  });

  it('leaves out whom it cannot reach or carry, and other currencies', async () => {
    const [none, much] = [await w.merchant(100n), await merchant(20_001n)];
    const { body } = await w.draft([none, much], { rail: 'wechat-pay' });
    expect(new Map(body.skipped.map((skip: any) => [skip.merchant, skip.reason]))).toEqual(
      new Map([
        [none.id, 'no-wechat-openid'],
        [much.id, 'above-maximum'],
      ]),
    );
  });

  it('is not approved after the wallet was changed', async () => {
    const payee = await merchant(100n);
    const { body } = await w.draft([payee], { rail: 'wechat-pay' });
    await w.step(body.id, 'request-approval');
    const reviewer = await w.staffMember('reviewer');
    await reviewer.put(`/v1/merchants/${payee.id}/wechat-payee`, { openid: 'o-somebody-elses-wallet', holder: '李四' });
    expect((await w.step(body.id, 'approve')).body.code).toBe('payout.stale');
    await w.step(body.id, 'cancel');
  });
});

describe('a transfer that waits for its payee', () => {
  async function waiting(cash = 100n) {
    wechat.begin('WAIT_USER_CONFIRM');
    const transfer = await submitted(cash);
    await w.poll();
    const [{ id: payout }] = await w.payouts(transfer.id);
    const cancel = (by = w.world.maker) => by.post(`/v1/payouts/${payout}/cancel-transfer`, { reason: 'wrong wallet' });
    return { ...transfer, payout: payout as string, cancel };
  }

  async function auditEntries(payout: string) {
    return w.db.query("SELECT action, detail FROM audit_log WHERE subject = ? AND action LIKE '%cancel%'", [payout]);
  }

  it('is cancelled when WeChat Pay’s query says so, and not before; twice is the same', async () => {
    const { id, payee, payout, reference, cancel } = await waiting();
    for (const answer of await Promise.all([cancel(), cancel(), cancel()]))
      expect(answer).toMatchObject({ status: 200, body: { id: payout, state: 'accepted' } });
    expect(wechat.bill(reference)).toMatchObject({ state: 'CANCELING' });
    expect(await w.balances(payee.id)).toMatchObject({ available: 0 });
    await w.poll();
    expect(await w.payouts(id)).toMatchObject([
      { state: 'accepted', waitsForPayee: false, cancelAskedAt: expect.any(String) },
    ]);
    expect((await cancel()).status).toBe(200);
    wechat.move(reference, 'CANCELLED');
    await w.poll();
    expect(await w.payouts(id)).toMatchObject([{ state: 'failed', reasonCode: 'CUST' }]);
    expect(await w.balances(payee.id)).toMatchObject({ available: 100, held: 0 });
    expect((await ownPayouts(payee))[0]).toMatchObject({
      confirmation: null,
      words: { 'zh-CN': expect.stringContaining('撤销') },
    });
    expect(await cancel()).toMatchObject({ status: 200, body: { state: 'failed' } });
    expect(await w.balances(payee.id)).toMatchObject({ available: 100, held: 0 });
    expect(await auditEntries(payout)).toEqual([
      { action: 'payout.transfer-cancel-asked', detail: JSON.stringify({ reason: 'wrong wallet' }) },
    ]);
  });

  it('is paid when the payee agreed before the cancellation came', async () => {
    const { id, payee, reference, cancel } = await waiting();
    wechat.move(reference, 'SUCCESS');
    expect(await cancel()).toMatchObject({ status: 409, body: { code: 'payout.transfer-not-cancellable' } });
    expect(await w.states(id)).toEqual(['accepted']);
    await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
    expect(await cancel()).toMatchObject({ status: 409, body: { code: 'payout.transfer-not-cancellable' } });
    expect(await w.balances(payee.id)).toMatchObject({ available: 0, held: 0 });
  });

  it('is paid when success and cancellation come at the same time and success wins', async () => {
    const { id, payee, reference, cancel } = await waiting();
    expect((await cancel()).status).toBe(200);
    wechat.move(reference, 'SUCCESS');
    const [cancelled, told] = await Promise.all([cancel(), notify(reference), w.poll()]);
    expect([told.status, cancelled.status]).toEqual([204, 409]);
    expect(await w.states(id)).toEqual(['paid']);
    expect(await w.balances(payee.id)).toMatchObject({ available: 0, reserved: 0, held: 0 });
  });

  it.each(['time-out-before', 'time-out-after', 'error-after', 'wrong-signature', 'rate-limit', 'not-found'] as const)(
    'stays open when the answer to the cancellation proves nothing (%s), and may be asked again',
    async (does) => {
      const { id, payee, payout, reference, cancel } = await waiting();
      wechat.behave(does, 'cancel');
      expect(await cancel()).toMatchObject({ status: 503, body: { code: 'payout.cancel-not-answered' } });
      await w.poll();
      expect(await w.states(id)).toEqual(['accepted']);
      expect(await w.balances(payee.id)).toMatchObject({ available: 0 });
      expect((await cancel()).status).toBe(200);
      wechat.move(reference, 'CANCELLED');
      await w.poll();
      expect(await w.states(id)).toEqual(['failed']);
      expect(await w.balances(payee.id)).toMatchObject({ available: 100 });
      expect(await auditEntries(payout)).toHaveLength(1);
    },
  );

  it('is cancelled by a finance maker with a reason, and nothing else is', async () => {
    const { payout, reference, cancel } = await waiting();
    expect((await cancel(w.world.checker)).status).toBe(403);
    expect((await w.world.maker.post(`/v1/payouts/${payout}/cancel-transfer`, {})).body.code).toBe('request.invalid');
    expect((await w.world.maker.post('/v1/payouts/pay_x/cancel-transfer', { reason: 'x' })).body.code).toBe(
      'payout.not-found',
    );
    wechat.move(reference, 'TRANSFERING');
    await w.poll();
    expect((await cancel()).body.code).toBe('payout.transfer-not-cancellable');
    expect(await auditEntries(payout)).toEqual([]);
    wechat.forget();
    const other = await w.submitted([await w.merchant(100n)]);
    const [{ id: elsewhere }] = await w.payouts(other.id);
    const refused = await w.world.maker.post(`/v1/payouts/${elsewhere}/cancel-transfer`, { reason: 'x' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'payout.cancel-not-supported' } });
  });
});

describe('a notification of WeChat Pay', () => {
  it('settles a transfer whose answers were all lost, and does nothing when it comes again', async () => {
    wechat.behave('time-out-after');
    const { id, reference } = await submitted(100n);
    await w.delivery.submitWaitingPayouts([id]);
    expect(await w.states(id)).toEqual(['unknown']);
    wechat.move(reference, 'SUCCESS');
    const answers = await Promise.all([notify(reference), notify(reference), notify(reference)]);
    expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(3).fill([204, '']));
    expect(await w.states(id)).toEqual(['paid']);
    expect((await notify(reference)).status).toBe(204);
  });

  it('is accepted under any of the keys that are known, whatever the case of its id', async () => {
    const { id, reference } = await submitted(100n);
    await w.poll();
    wechat.signWith('certificate');
    await w.poll();
    expect(await w.states(id)).toEqual(['accepted']);
    wechat.move(reference, 'SUCCESS');
    const { headers, body } = wechat.notification(reference);
    const of = (serial: string) => w.testApp.http.with({ ...headers, 'wechatpay-serial': serial }).post(NOTIFY, body);
    expect((await of('PUB_KEY_ID_0114232134912410000000000000')).status).toBe(401);
    expect((await of('7132D72A03E93CDDF8C03BBD1F37EEDF00000001')).status).toBe(401);
    expect((await notify(reference)).status).toBe(204);
    expect(await w.states(id)).toEqual(['paid']);
  });

  it('is refused when it is forged, changed, old, encrypted by somebody else or of another account', async () => {
    const { id, reference } = await submitted(100n);
    await w.poll();
    wechat.move(reference, 'SUCCESS');
    const old = Date.now() - 301_000;
    const wrong = [
      { forged: true },
      { at: old },
      { at: Date.now() + 301_000 },
      { otherKey: true },
      { change: { mch_id: '1900000000' } },
    ];
    for (const how of wrong) expect([how, (await notify(reference, how)).status]).toEqual([how, 401]);
    const { headers, body } = wechat.notification(reference);
    const changed = await w.testApp.http.with(headers).post(NOTIFY, `${body} `);
    expect(changed).toMatchObject({ status: 401, body: { code: 'FAIL', message: expect.any(String) } });
    expect((await w.testApp.http.post(NOTIFY, { resource: {} })).status).toBe(401);
    expect((await w.testApp.http.post(NOTIFY)).status).toBe(401);
    for (const change of [{ out_bill_no: 'NOBODY' }, { transfer_amount: 99 }])
      expect((await notify(reference, { change })).status).toBe(404);
    expect(await w.states(id)).toEqual(['accepted']);
    expect((await notify(reference)).status).toBe(204);
    expect(await w.states(id)).toEqual(['paid']);
  });
});
