import { DataSource } from 'typeorm';
import { createStorefront, createWorld, firstSignIn, type World } from '../support/actors.js';
import type { Answer, HttpClient } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await startTestApp();
  world = await createWorld(app);
});
afterAll(() => app.close());

/** A merchant who has nothing yet, signed in. */
async function newMerchant(wechatId: string, bankAccount?: object): Promise<{ id: string; own: HttpClient }> {
  const form = { wechatId, displayName: '李华的小店', consent: true, ...(bankAccount && { bankAccount }) };
  const { body: application } = await world.pk.post('/v1/merchant-applications', form);
  const { body } = await world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
  return { id: body.merchant.id, own: await firstSignIn(app.http, application.token) };
}

async function give(merchantId: string, asset: string, amount: number): Promise<void> {
  const given = { asset, amount, reason: 'A gift.' };
  const { body: adjustment } = await world.maker.post(`/v1/merchants/${merchantId}/adjustments`, given);
  expect((await world.checker.post(`/v1/adjustments/${adjustment.id}/approve`)).status).toBe(200);
}

/** A merchant with points. */
async function merchant(wechatId: string): Promise<{ id: string; own: HttpClient }> {
  const found = await newMerchant(wechatId);
  await give(found.id, 'POINTS', 30);
  return found;
}

const refusalOf = ({ status, body }: Answer) => [status, body.code];

const ROUTES = ['balances', 'debts', 'entries', 'points', 'payouts', 'statements/months', 'statements?month=2026-01'];

describe('a merchant who is signed in', () => {
  it('sees what they have, what they owe and every entry of it, as staff do', async () => {
    const { id, own } = await merchant('own_money');
    for (const route of ROUTES) {
      const { status, body } = await own.get(`/v1/merchants/${id}/${route}`);
      expect([route, status]).toEqual([route, 200]);
      expect(body).toEqual((await world.auditor.get(`/v1/merchants/${id}/${route}`)).body);
    }
    expect((await own.get(`/v1/merchants/${id}/balances`)).body.items).toMatchObject([
      { asset: 'CNY', available: 0 },
      { asset: 'POINTS', available: 30 },
    ]);
    const csv = await own.with({ accept: 'text/csv' }).get(`/v1/merchants/${id}/entries`);
    expect(csv.text).toContain('POINTS,available,30,30');
  });

  it('sees nothing of another merchant, not even that there is one, and nothing else of the books', async () => {
    const [{ own }, { id: other }] = [await merchant('own_one'), await merchant('own_two')];
    for (const route of ROUTES) {
      const answers = [await own.get(`/v1/merchants/${other}/${route}`), await own.get(`/v1/merchants/mer_x/${route}`)];
      const [one, none] = answers.map(({ status, body: { code, detail } }) => [status, code, detail]);
      expect([route, one]).toEqual([route, none]);
      expect(one?.slice(0, 2)).toEqual([403, 'access.forbidden']);
    }
    for (const path of [`/v1/merchants/${other}`, '/v1/merchants', '/v1/holds', '/v1/finance/trial-balance'])
      expect([path, refusalOf(await own.get(path))]).toEqual([path, [403, 'access.forbidden']]);
    for (const path of ['/v1/orders', '/v1/payout-batches', `/v1/merchants/${other}/adjustments`])
      expect([path, refusalOf(await own.post(path, {}))]).toEqual([path, [403, 'access.forbidden']]);
    for (const path of ['/v1/merchants', '/v1/holds'])
      expect([path, refusalOf(await app.http.as('nonsense').get(path))]).toEqual([
        path,
        [401, 'access.unauthenticated'],
      ]);
  });

  it('sees nothing with a token that is not good, or with that of an application', async () => {
    const { id } = await merchant('own_good');
    const form = { wechatId: 'own_waiting', displayName: '李华的小店', consent: true };
    const { body: waiting } = await world.pk.post('/v1/merchant-applications', form);
    const early = await app.http.as(waiting.token).get(`/v1/merchants/${id}/balances`);
    expect([early.status, early.body.code]).toEqual([401, 'access.sign-in-required']);
    for (const token of [`${waiting.token}x`, 'eyJhbGciOiJub25lIn0.e30.', 'nonsense'])
      expect((await app.http.as(token).get(`/v1/merchants/${id}/balances`)).status).toBe(401);
    expect((await world.sk.get(`/v1/merchants/${id}/balances`)).status).toBe(403);
  });

  it('starts with a balance of zero in the currencies of the storefronts, in points and in every coupon there is', async () => {
    await createStorefront(app, world.admin, { currency: 'EUR' });
    for (const name of ['TEA', 'OLD']) {
      const template = { name, currency: 'CNY', kind: 'amount-off', amount: 500 };
      expect((await world.admin.post('/v1/coupon-templates', template)).status).toBe(201);
    }
    await world.admin.post('/v1/coupon-templates/OLD/end', {});
    const { id, own } = await newMerchant('own_nothing');
    const zero = { pending: 0, available: 0, reserved: 0, inTransit: 0, held: 0, owed: 0, paidOut: 0, lastPaid: null };
    const { body } = await own.get(`/v1/merchants/${id}/balances`);
    expect(body.items).toEqual(['CNY', 'COUPON:TEA', 'EUR', 'POINTS'].map((asset) => ({ asset, ...zero })));
    const [{ rows }] = await app.app
      .get(DataSource)
      .query('SELECT COUNT(*) `rows` FROM account WHERE merchant_id = ?', [id]);
    expect(Number(rows)).toBe(0);
  });

  it('sees the codes of their own coupons, of which staff see the end', async () => {
    const { id, own } = await newMerchant('own_coupons');
    await give(id, 'COUPON:TEA', 2);
    const { body: mine } = await own.get(`/v1/merchants/${id}/coupons`);
    const { body: shown } = await world.auditor.get(`/v1/merchants/${id}/coupons`);
    expect(mine.items.map((coupon: { id: string }) => coupon.id)).toEqual(
      shown.items.map((coupon: { id: string }) => coupon.id),
    );
    for (const [index, { code }] of mine.items.entries()) {
      expect(code).toMatch(/^[0-9A-Z]{10,}$/);
      expect(shown.items[index].code).not.toBe(code);
      expect(code.endsWith(shown.items[index].code.slice(-4))).toBe(true);
    }
    const { id: other } = await newMerchant('own_no_coupons');
    expect((await own.get(`/v1/merchants/${other}/coupons`)).body.code).toBe('access.forbidden');
  });

  it('sees a payout from its approval on, with what arrives and the end of the account number', async () => {
    const account = { holder: '王小明', number: '6222021234500000017', country: 'CN', bankName: '工商银行' };
    const { id, own } = await newMerchant('own_payout', account);
    await give(id, 'CNY', 1_000);
    const operator = {
      holder: 'Yinke',
      number: '6222020000000000000',
      bic: 'ICBKCNBJ',
      country: 'CN',
      town: 'Beijing',
    };
    expect((await world.admin.put('/v1/platform-accounts/CNY', operator)).status).toBe(200);
    const { body: batch } = await world.maker.post('/v1/payout-batches', {
      currency: 'CNY',
      rail: 'csv-file',
      merchants: [id],
    });
    const payouts = async () => (await own.get(`/v1/merchants/${id}/payouts`)).body.items;
    expect(await payouts()).toEqual([]);
    await world.maker.post(`/v1/payout-batches/${batch.id}/request-approval`);
    expect((await world.checker.post(`/v1/payout-batches/${batch.id}/approve`)).status).toBe(200);
    expect(await payouts()).toMatchObject([
      { state: 'approved', amount: 1_000, fee: 0, sentAmount: 1_000, currency: 'CNY', maskedNumber: '••••0017' },
    ]);
    const { text } = await own.get(`/v1/merchants/${id}/payouts?limit=1`);
    expect(text).not.toContain(account.number);
  });
});
