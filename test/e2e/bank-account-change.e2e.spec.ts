import { firstSignIn } from '../support/actors.js';
import { codeTo, messagesTo } from '../support/codes.js';
import type { HttpClient } from '../support/http-client.js';
import { PayoutWorld } from '../support/payouts.js';

const OTHER = { holder: '王小明', number: '6222021234500009999', country: 'CN', bankName: '工商银行' };

let w: PayoutWorld;
let next = 0;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());

/** A merchant with cash, a bank account and an e-mail address, signed in by the token of their application. */
async function merchant(cash: bigint) {
  const { id, applicationToken } = await w.merchant(cash);
  const own = await firstSignIn(w.testApp.http, applicationToken);
  const email = `payee${(next += 1)}@shop.example`;
  await own.post(`/v1/merchants/${id}/contact-codes`, { email });
  const code = await codeTo(w.testApp, email);
  expect((await own.put(`/v1/merchants/${id}/contact`, { email, code })).status).toBe(200);
  return { id, own, email };
}

async function filed(own: HttpClient, id: string, more: Record<string, unknown> = {}) {
  const { status, body } = await own.post(`/v1/merchants/${id}/bank-account-changes`, { ...OTHER, ...more });
  return status === 201 ? ([201, body.id] as const) : ([status, body.code] as const);
}

describe('a merchant who asks for another bank account', () => {
  it('gives a fresh code, and is told of it, with the end of the number alone', async () => {
    const { id, own, email } = await merchant(0n);
    expect(await filed(own, id)).toEqual([403, 'code.needed']);
    await own.post('/v1/merchants/sessions/current/codes', { via: 'email' });
    const code = await codeTo(w.testApp, email);
    expect(await filed(own, id, { code: code === '000000' ? '000001' : '000000' })).toEqual([422, 'code.refused']);
    expect((await filed(own, id, { code }))[0]).toBe(201);
    expect(await filed(own, id, { code })).toEqual([422, 'code.refused']);
    const [told] = await messagesTo(w.testApp, email);
    expect(told?.kind).toBe('bank-account-filed');
    // The merchant's language is not known, so it is told in both.
    expect(told?.text).toContain('已收到把您的收款账户改为 ••••9999 的申请');
    expect(told?.text).toContain('to change your bank account to ••••9999');
    expect(told?.text).not.toContain(OTHER.number);
  });

  it('needs no other code in a session that was started by one, for ten minutes', async () => {
    const { id, email } = await merchant(0n);
    await w.testApp.http.post('/v1/merchants/sign-in-codes', { email });
    const code = await codeTo(w.testApp, email);
    const { body } = await w.testApp.http.post('/v1/merchants/sessions', { email, code });
    const own = w.testApp.http.as(body.token);
    await w.db.query('UPDATE merchant_session SET confirmed_at = NOW(6) - INTERVAL 11 MINUTE WHERE merchant_id = ?', [
      id,
    ]);
    expect(await filed(own, id)).toEqual([403, 'code.needed']);
    await w.db.query('UPDATE merchant_session SET confirmed_at = NOW(6) - INTERVAL 9 MINUTE WHERE merchant_id = ?', [
      id,
    ]);
    expect((await filed(own, id))[0]).toBe(201);
    expect(await filed(own, id)).toEqual([409, 'bank-account.change-waiting']);
  });

  it('five wrong codes end it, and are counted although they are refused', async () => {
    const { id, own, email } = await merchant(0n);
    await own.post('/v1/merchants/sessions/current/codes', { via: 'email' });
    const code = await codeTo(w.testApp, email);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 5; tries += 1) expect((await filed(own, id, { code: wrong }))[1]).toBe('code.refused');
    expect(await filed(own, id, { code })).toEqual([422, 'code.spent']);
  });

  it('is not approved by who gave the contact by which they came in', async () => {
    const { id } = await w.merchant(0n);
    const email = 'given@shop.example';
    expect((await w.world.reviewer.post(`/v1/merchants/${id}/contact`, { email })).status).toBe(200);
    await w.testApp.http.post('/v1/merchants/sign-in-codes', { email });
    const { body } = await w.testApp.http.post('/v1/merchants/sessions', {
      email,
      code: await codeTo(w.testApp, email),
    });
    const [, change] = await filed(w.testApp.http.as(body.token), id);
    const path = `/v1/merchants/${id}/bank-account-changes/${change}/approve`;
    const refused = await w.world.reviewer.post(path);
    expect([refused.status, refused.body.code]).toEqual([409, 'bank-account.same-person']);
    expect((await (await w.staffMember('reviewer')).post(path)).status).toBe(200);
  });

  it('leaves drafted payouts as they are, also once the change is approved', async () => {
    const { id, own, email } = await merchant(5_000n);
    const request = { currency: 'CNY', rail: 'csv-file', merchants: [id] };
    const { body: batch } = await w.world.maker.post('/v1/payout-batches', request);
    const before = (await w.world.maker.get(`/v1/payout-batches/${batch.id}/payouts`)).body.items;
    expect(before).toHaveLength(1);
    await own.post('/v1/merchants/sessions/current/codes', { via: 'email' });
    const [, change] = await filed(own, id, { code: await codeTo(w.testApp, email) });
    const payouts = async () => (await w.world.maker.get(`/v1/payout-batches/${batch.id}/payouts`)).body.items;
    expect(await payouts()).toEqual(before);
    const path = `/v1/merchants/${id}/bank-account-changes/${change}/approve`;
    expect((await w.world.reviewer.post(path)).status).toBe(200);
    expect((await payouts())[0].maskedNumber).toBe(before[0].maskedNumber);
  });
});

describe('a change that waits', () => {
  const waiting = async (client: HttpClient) => {
    const { status, body } = await client.get('/v1/bank-account-changes?limit=200');
    return status === 200 ? body.items : [status, body.code];
  };
  const count = async (): Promise<number> =>
    (await w.world.reviewer.get('/v1/work')).body.items.find(({ kind }: any) => kind === 'bank-account-changes').count;

  it('is seen by reviewers over all merchants, beside the account in force, until one has decided', async () => {
    const { id } = await w.merchant(0n);
    const before = await count();
    const [, change] = await filed(w.world.admin, id);
    expect(await count()).toBe(before + 1);
    const found = (await waiting(w.world.reviewer)).find(({ account }: any) => account.id === change);
    const { id: admin } = (await w.world.admin.get('/v1/staff/sessions/current')).body.staff;
    const { maskedNumber } = (await w.world.reviewer.get(`/v1/merchants/${id}/bank-accounts`)).body.items[0];
    expect(found).toMatchObject({
      merchant: { id },
      filedBy: admin,
      account: { state: 'pending', maskedNumber: '••••9999', holder: OTHER.holder },
      inForce: { state: 'current', maskedNumber },
    });
    expect(JSON.stringify(found)).not.toContain(OTHER.number);
    const path = `/v1/merchants/${id}/bank-account-changes/${change}/reject`;
    expect((await w.world.reviewer.post(path, { reason: 'Another holder.' })).status).toBe(200);
    expect((await waiting(w.world.reviewer)).some(({ account }: any) => account.id === change)).toBe(false);
    expect(await count()).toBe(before);
    expect(await waiting(w.world.maker)).toEqual([403, 'access.forbidden']);
  });

  it('is not that of an application, which waits with the application', async () => {
    const before = (await waiting(w.world.reviewer)).length;
    const given = {
      wechatId: 'wx_waits_too',
      displayName: 'Waits',
      consent: true,
      bankAccount: { ...OTHER, bankConsent: true },
    };
    expect((await w.world.pk.post('/v1/merchant-applications', given)).status).toBe(201);
    expect(await waiting(w.world.reviewer)).toHaveLength(before);
  });
});
