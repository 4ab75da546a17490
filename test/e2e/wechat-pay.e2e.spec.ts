import { PayoutWorld } from '../support/payouts.js';
import { startWechatPaySimulator } from '../support/wechat-pay-simulator.mjs';

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
});

let wallets = 0;

/** A merchant with cash and a WeChat wallet. */
async function merchant(cash: bigint) {
  const { id } = await w.merchant(cash, null);
  wallets += 1;
  const openid = `o-MYE42l80oelYMDE34n${String(wallets).padStart(8, '0')}`;
  const reviewer = await w.staffMember('reviewer');
  const put = await reviewer.put(`/v1/merchants/${id}/wechat-payee`, { openid, holder: '王小明' });
  expect(put).toMatchObject({ status: 200, body: { maskedOpenid: `••••${openid.slice(-4)}` } });
  expect(put.text).not.toContain(openid);
  return { id, openid };
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
  ] as const)('is paid once when %s executing it', async (_, does) => {
    wechat.behave(does);
    const { id, reference } = await submitted(100n);
    await w.delivery.submitWaitingPayouts([id]);
    expect(await w.states(id)).toEqual([does === 'rate-limit' || does === 'not-enough' ? 'submitting' : 'unknown']);
    wechat.behave('wrong-signature', 'status');
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
    for (const { id, reference } of [agreed, refused])
      expect(await w.payouts(id)).toMatchObject([{ state: 'accepted', confirmation: `package-of-${reference}` }]);
    wechat.move(agreed.reference, 'SUCCESS');
    wechat.move(refused.reference, 'CANCELLED');
    await w.poll();
    expect([await w.states(agreed.id), await w.states(refused.id)]).toEqual([['paid'], ['failed']]);
    expect(await w.balances(refused.payee.id)).toMatchObject({ available: 200 });
    expect(wechat.bill(refused.reference)).toMatchObject({ executed: 1 });
  });

  it('gives the money back when WeChat Pay refuses, and holds it when the wallet is bad', async () => {
    wechat.behave('refuse');
    const refused = await submitted(100n);
    await w.poll();
    expect(await w.payouts(refused.id)).toMatchObject([{ state: 'failed', reason: 'PARAM_ERROR: 参数错误' }]);
    expect(await w.balances(refused.payee.id)).toMatchObject({ available: 100 });
    const bad = await submitted(300n);
    await w.poll();
    wechat.move(bad.reference, 'FAIL', 'NAME_NOT_CORRECT');
    await w.poll();
    expect(await w.payouts(bad.id)).toMatchObject([
      { state: 'failed', reasonCode: 'BE01', reason: 'NAME_NOT_CORRECT' },
    ]);
    expect(await w.balances(bad.payee.id)).toMatchObject({ available: 0, held: 300 });
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
