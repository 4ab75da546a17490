import type { INestApplicationContext } from '@nestjs/common';
import { CouponExpiryService } from '../../src/finance/assets/coupons/coupon-expiry.service.js';
import { createStaff } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { addMerchant, openShop, orderBody, signInMerchant, type Shop, type TestMerchant } from '../support/shop.js';
import { settled, startTestWorker } from '../support/worker.js';

let shop: Shop;
let worker: INestApplicationContext;
let auditor: HttpClient;
let maker: HttpClient;
let checker: HttpClient;

const TEA = {
  ...{ name: 'TEA', title: 'Tea for less', currency: 'CNY', kind: 'percent-off', rateBps: 2_000, maxAmount: 1_000 },
  ...{ minimumSpend: 2_000, categories: ['drinks'], validDays: 30 },
};
const WORTH = {
  ...{ currency: 'CNY', kind: 'percent-off', amount: null, rateBps: 2_000, maxAmount: 1_000, minimumSpend: 2_000 },
};

beforeAll(async () => {
  shop = await openShop();
  worker = await startTestWorker(shop.testApp);
  auditor = await createStaff(shop.testApp, shop.admin, ['auditor']);
  maker = await createStaff(shop.testApp, shop.admin, ['finance-maker']);
  checker = await createStaff(shop.testApp, shop.admin, ['finance-checker']);
  expect((await shop.admin.post('/v1/coupon-templates', TEA)).status).toBe(201);
  const grants = [{ asset: 'COUPON:TEA', kind: 'fixed', amount: 1 }];
  const rule = { scope: {}, posting: 'direct', validFrom: '2020-01-01T00:00:00Z', grants };
  expect((await shop.admin.post('/v1/reward-rules', rule)).status).toBe(201);
});
afterAll(async () => {
  const audit = await auditor.get('/v1/finance/audit');
  await worker.close();
  await shop.testApp.close();
  expect(audit.body.items.filter((item: { count: number }) => item.count > 0)).toEqual([]);
});

async function buy(merchant: TestMerchant): Promise<string> {
  const { visit } = (await shop.pk.post('/v1/visits', { merchantCode: merchant.code })).body;
  const order = orderBody({ visit });
  expect((await shop.sk.post('/v1/orders', order)).status).toBe(201);
  expect((await shop.sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid: 1_000 })).status).toBe(202);
  await settled(shop.testApp);
  return order.orderId;
}

async function give(merchant: TestMerchant, asset: string, amount = 1): Promise<void> {
  const given = { asset, amount, reason: 'A gift.' };
  const { body } = await maker.post(`/v1/merchants/${merchant.id}/adjustments`, given);
  expect((await checker.post(`/v1/adjustments/${body.id}/approve`)).status).toBe(200);
}

async function couponsOf(merchant: TestMerchant, client = shop.sk) {
  const { status, body } = await client.get(`/v1/merchants/${merchant.id}/coupons`);
  expect(status).toBe(200);
  return body.items;
}

const line = (lineTotal: number, category: string | null = 'drinks') => ({
  ...{ sku: 'tea', category, quantity: 1, unitPrice: lineTotal, lineTotal },
});
const basket = { currency: 'CNY', lines: [line(3_000), line(9_000, 'cups')] };
const available = async (merchant: TestMerchant) =>
  (await auditor.get(`/v1/merchants/${merchant.id}/balances`)).body.items.find(
    ({ asset }: { asset: string }) => asset === 'COUPON:TEA',
  );

describe('the life of a coupon', () => {
  it('earned, quoted, reserved, released, reserved again, used, and given back', async () => {
    const merchant = await addMerchant(shop, 'coupon_life');
    await buy(merchant);
    const [coupon] = await couponsOf(merchant);
    expect(coupon).toMatchObject({ state: 'issued', template: 'TEA', merchant: merchant.id });
    expect(coupon.code).toMatch(/^[2-9A-HJKMNP-Z]{22}$/);
    const [seen] = await couponsOf(merchant, auditor);
    expect(seen).toEqual({ ...coupon, code: `…${coupon.code.slice(-4)}` });

    const path = `/v1/coupons/${coupon.code}`;
    const found = { eligibleTotal: 3_000, discount: 600, currency: 'CNY', lines: [{ discount: 600 }, { discount: 0 }] };
    expect(await shop.sk.post(`${path}/quote`, basket)).toMatchObject({ status: 200, body: found });
    expect((await couponsOf(merchant))[0]).toEqual(coupon);
    const one = await shop.sk.post(`${path}/reserve`, { orderId: 'life-1', ...basket });
    expect(one).toMatchObject({ status: 200, body: { ...found, coupon: { state: 'reserved', orderId: 'life-1' } } });
    expect(await available(merchant)).toMatchObject({ available: 0, reserved: 1 });
    const other = await shop.sk.post(`${path}/reserve`, { orderId: 'life-2', ...basket });
    expect(other).toMatchObject({ status: 409, body: { code: 'coupon.reserved' } });
    const free = await shop.sk.post(`${path}/release`, { orderId: 'life-1' });
    expect(free).toMatchObject({ status: 200, body: { state: 'issued', orderId: null, reservedUntil: null } });
    await shop.sk.post(`${path}/reserve`, { orderId: 'life-2', ...basket });
    const used = await shop.sk.post(`${path}/redeem`, { orderId: 'life-2' });
    expect(used).toMatchObject({ status: 200, body: { discount: 600, coupon: { state: 'redeemed' } } });
    expect((await shop.sk.post(`${path}/redeem`, { orderId: 'life-2' })).body).toEqual(used.body);

    const reverse = `/v1/merchants/${merchant.id}/redemptions/${used.body.redemptionId}/reverse`;
    expect((await shop.sk.post(reverse, { reason: 'The order was cancelled.' })).status).toBe(201);
    expect((await couponsOf(merchant))[0]).toEqual(coupon);
    const { body } = await auditor.get(`/v1/merchants/${merchant.id}/entries`);
    expect(body.items.map(({ journal, account, amount }: any) => [journal.kind, account, amount])).toEqual([
      ['reward', 'available', 1],
      ['coupon-reserved', 'available', -1],
      ['coupon-reserved', 'reserved', 1],
      ['coupon-released', 'reserved', -1],
      ['coupon-released', 'available', 1],
      ['coupon-reserved', 'available', -1],
      ['coupon-reserved', 'reserved', 1],
      ['redemption', 'reserved', -1],
      ['redemption-reversed', 'available', 1],
    ]);
  });

  it('taken back by a refund while unused, revoked by staff, lapsed, and used by number', async () => {
    const merchant = await addMerchant(shop, 'coupon_ends');
    const orders = [await buy(merchant), await buy(merchant), await buy(merchant), await buy(merchant)];
    await shop.sk.post(`/v1/orders/${orders[0]}/refunds`, { refundId: 'coupon-refund', amount: 1_000 });
    await settled(shop.testApp);
    const all = await couponsOf(merchant);
    expect(all.map(({ state }: { state: string }) => state)).toEqual(['revoked', 'issued', 'issued', 'issued']);
    const revoke = `/v1/merchants/${merchant.id}/coupons/${all[1].id}/revoke`;
    expect((await maker.post(revoke, { reason: 'Stolen.' })).status).toBe(403);
    expect((await checker.post(revoke, {})).status).toBe(422);
    expect(await checker.post(revoke, { reason: 'Stolen.' })).toMatchObject({
      status: 200,
      body: { state: 'revoked' },
    });
    await shop.db.query('UPDATE coupon SET expires_at = NOW(6) WHERE id = ?', [all[2].id]);
    // The worker's sweep does it too; once is enough.
    await worker.get(CouponExpiryService, { strict: false }).expireCoupons();
    const use = { redemptionId: 'coupon-number', asset: 'COUPON:TEA', amount: 1 };
    expect((await shop.sk.post(`/v1/merchants/${merchant.id}/redemptions`, use)).status).toBe(201);
    expect((await couponsOf(merchant)).map(({ state }: { state: string }) => state)).toEqual([
      ...['revoked', 'revoked', 'expired', 'redeemed'],
    ]);
    const revoked = await auditor.get(`/v1/merchants/${merchant.id}/coupons?state=revoked&limit=1`);
    expect([revoked.body.items.length, typeof revoked.body.nextCursor]).toEqual([1, 'string']);
  });

  it('refuses what cannot be', async () => {
    const merchant = await addMerchant(shop, 'coupon_bad');
    await buy(merchant);
    const [{ code }] = await couponsOf(merchant);
    const reserve = (body: object, of = code, sk = shop.sk) =>
      sk.post(`/v1/coupons/${of}/reserve`, { orderId: 'bad-1', ...basket, ...body });
    const refusals: [Promise<{ status: number; body: { code: string } }>, number, string][] = [
      [reserve({ currency: 'USD' }), 422, 'coupon.other-currency'],
      [reserve({ lines: [line(1_999)] }), 422, 'coupon.does-not-apply'],
      [reserve({ lines: [line(9_000, null)] }), 422, 'coupon.does-not-apply'],
      [reserve({ lines: [line(-1)] }), 422, 'request.invalid'],
      [reserve({ lines: [] }), 422, 'request.invalid'],
      [reserve({ orderId: ' ' }), 422, 'request.invalid'],
      [reserve({}, '2345678923456789234567'), 404, 'coupon.not-found'],
      [reserve({}, '%00'), 404, 'coupon.not-found'],
      [shop.pk.post(`/v1/coupons/${code}/quote`, basket), 403, 'access.forbidden'],
      [shop.sk.post(`/v1/coupons/${code}/redeem`, { orderId: 'bad-1' }), 409, 'coupon.not-reserved'],
      [auditor.get('/v1/merchants/mer_unknown/coupons'), 404, 'merchant.not-found'],
    ];
    for (const [answer, status, name] of refusals) expect(await answer).toMatchObject({ status, body: { code: name } });
    expect(await available(merchant)).toMatchObject({ available: 1, reserved: 0 });
  });
});

describe('coupons without a template', () => {
  it('are earned and used by number, and take nothing off an order before the template is made', async () => {
    const merchant = await addMerchant(shop, 'coupon_later');
    const asset = 'COUPON:LATER';
    await give(merchant, asset, 2);
    const { items } = (await shop.sk.get(`/v1/merchants/${merchant.id}/coupons`)).body;
    expect(items).toMatchObject([{ template: 'LATER', state: 'issued' }, { template: 'LATER' }]);
    const used = { redemptionId: 'by-number', asset, amount: 1 };
    expect((await shop.sk.post(`/v1/merchants/${merchant.id}/redemptions`, used)).status).toBe(201);
    const [left] = (await shop.sk.get(`/v1/merchants/${merchant.id}/coupons?state=issued`)).body.items;
    const basket = { currency: 'CNY', lines: [{ sku: 'a', quantity: 1, unitPrice: 900, lineTotal: 900 }] };
    const quote = () => shop.sk.post(`/v1/coupons/${left.code}/quote`, basket);
    expect((await quote()).status).toBe(404);
    const template = { name: 'LATER', currency: 'CNY', kind: 'amount-off', amount: 500 };
    expect((await shop.admin.post('/v1/coupon-templates', template)).status).toBe(201);
    expect((await quote()).body).toMatchObject({ discount: 500 });
  });
});

describe('coupon templates', () => {
  it('are made once, never edited, and ended; rules and corrections name none that has ended', async () => {
    const repeat = await shop.admin.post('/v1/coupon-templates', TEA);
    expect(repeat).toMatchObject({
      status: 201,
      body: { ...TEA, excludedCategories: [], amount: null, endedAt: null },
    });
    const changed = await shop.admin.post('/v1/coupon-templates', { ...TEA, rateBps: 1 });
    expect(changed).toMatchObject({ status: 409, body: { code: 'coupon-template.exists' } });
    const old = { name: 'OLD', currency: 'CNY', kind: 'amount-off', amount: 100, storefront: shop.other.id };
    expect((await shop.admin.post('/v1/coupon-templates', old)).status).toBe(201);
    const end = () => shop.admin.post('/v1/coupon-templates/OLD/end', {});
    const ended = await end();
    expect([ended.status, (await end()).body]).toEqual([200, ended.body]);
    const list = await auditor.get('/v1/coupon-templates');
    expect(list.body.items.map(({ name }: { name: string }) => name)).toEqual(['LATER', 'OLD', 'TEA']);
    expect((await auditor.get('/v1/coupon-templates/OLD')).body).toEqual(ended.body);

    const merchant = await addMerchant(shop, 'coupon_rules');
    for (const [asset, amount, pointer] of [
      ['COUPON:OLD', 1, '/grants/0/asset'],
      ['COUPON:TEA', 101, '/grants/0/amount'],
    ]) {
      const grants = [{ asset, kind: 'fixed', amount }];
      const rule = { scope: {}, posting: 'direct', validFrom: '2020-01-01T00:00:00Z', grants };
      const answer = await shop.admin.post('/v1/reward-rules', rule);
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
      const adjustment = await maker.post(`/v1/merchants/${merchant.id}/adjustments`, { asset, amount, reason: 'r' });
      expect(adjustment.status).toBe(422);
    }
    for (const [bad, pointer] of [
      [{ ...TEA, name: 'a b' }, '/name'],
      [{ ...TEA, rateBps: 10_001 }, '/rateBps'],
      [{ ...TEA, amount: 5 }, '/amount'],
      [{ ...old, name: 'X', amount: null }, '/amount'],
      [{ ...old, name: 'X', maxAmount: 5 }, '/maxAmount'],
      [{ ...old, name: 'X', currency: 'XXX1' }, '/currency'],
      [{ ...old, name: 'X', storefront: 'sto_01jqz7n5x4e7e8r9s0t1v2w3x4' }, '/storefront'],
      [{ ...TEA, categories: [5] }, '/categories'],
    ] as const) {
      const answer = await shop.admin.post('/v1/coupon-templates', bad);
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, expect.stringContaining(pointer)]);
    }
    expect((await maker.post('/v1/coupon-templates', TEA)).status).toBe(403);
    expect((await auditor.get('/v1/coupon-templates/none')).body.code).toBe('coupon-template.not-found');
  });
});

it('the codes of coupons that one storefront takes are shown to no other', async () => {
  const merchant = await addMerchant(shop, 'coupon_theirs');
  const theirs = { name: 'THEIRS', currency: 'CNY', kind: 'amount-off', amount: 100, storefront: shop.other.id };
  expect((await shop.admin.post('/v1/coupon-templates', theirs)).status).toBe(201);
  for (const asset of ['COUPON:THEIRS', 'COUPON:TEA']) await give(merchant, asset);
  const templates = async (client: HttpClient) =>
    (await couponsOf(merchant, client)).map(({ template }: { template: string }) => template);
  expect(await templates(shop.sk)).toEqual(['TEA']);
  expect(await templates(shop.other.sk)).toEqual(['THEIRS', 'TEA']);
  expect(await templates(auditor)).toEqual(['THEIRS', 'TEA']);
});

it('those that expire soon are listed by themselves', async () => {
  for (const [name, more] of Object.entries({
    FIVE_DAYS: { validDays: 5 },
    FORTY_DAYS: { validDays: 40 },
    FOR_EVER: {},
  })) {
    const template = { name, currency: 'CNY', kind: 'amount-off', amount: 500, ...more };
    expect((await shop.admin.post('/v1/coupon-templates', template)).status).toBe(201);
  }
  const merchant = await addMerchant(shop, 'coupons_soon');
  for (const asset of ['COUPON:FORTY_DAYS', 'COUPON:FIVE_DAYS', 'COUPON:FOR_EVER']) await give(merchant, asset);
  const within = async (days: number | string, state = 'issued') => {
    const { body } = await auditor.get(`/v1/merchants/${merchant.id}/coupons?state=${state}&withinDays=${days}`);
    return body.items?.map(({ template }: { template: string }) => template) ?? body.code;
  };
  expect(await within(4)).toEqual([]);
  expect(await within(5)).toEqual(['FIVE_DAYS']);
  expect(await within(5, 'redeemed')).toEqual([]);
  expect(await within(40)).toEqual(['FORTY_DAYS', 'FIVE_DAYS']);
  expect(await within('-1')).toBe('request.invalid');
});

describe('a coupon tells what it is worth', () => {
  it('in every answer about it, as its template says, also when the template has ended', async () => {
    const merchant = await addMerchant(shop, 'coupon_worth');
    await buy(merchant);
    await shop.admin.post('/v1/coupon-templates', { ...TEA, name: 'PAST' });
    await give(merchant, 'COUPON:PAST');
    expect((await shop.admin.post('/v1/coupon-templates/PAST/end')).status).toBe(200);
    const own = await signInMerchant(shop, merchant);
    for (const client of [shop.sk, auditor, own])
      expect((await couponsOf(merchant, client)).map(({ template, worth }: any) => [template, worth])).toEqual([
        ['TEA', WORTH],
        ['PAST', WORTH],
      ]);

    const [{ code }] = await couponsOf(merchant);
    const path = `/v1/coupons/${code}`;
    const order = { orderId: 'worth-1', ...basket };
    for (const [step, body] of [
      ['quote', basket],
      ['reserve', order],
    ] as const)
      expect((await shop.sk.post(`${path}/${step}`, body)).body.coupon.worth).toEqual(WORTH);
    for (const times of [1, 2])
      expect([times, (await shop.sk.post(`${path}/release`, { orderId: 'worth-1' })).body.worth]).toEqual([
        times,
        WORTH,
      ]);
    const used = await shop.sk.post(`${path}/redeem`, order);
    expect(used.body.coupon.worth).toEqual(WORTH);

    const [, past] = await couponsOf(merchant);
    for (const times of [1, 2]) {
      const revoked = await checker.post(`/v1/merchants/${merchant.id}/coupons/${past.id}/revoke`, { reason: 'Lost.' });
      expect([times, revoked.body]).toMatchObject([times, { state: 'revoked', worth: WORTH }]);
    }
  });

  it('nothing, while no template of its name was made', async () => {
    const merchant = await addMerchant(shop, 'coupon_worthless');
    await give(merchant, 'COUPON:UNMADE');
    expect(await couponsOf(merchant)).toMatchObject([{ template: 'UNMADE', worth: null }]);
    const [{ id }] = await couponsOf(merchant);
    const revoked = await checker.post(`/v1/merchants/${merchant.id}/coupons/${id}/revoke`, { reason: 'A mistake.' });
    expect(revoked).toMatchObject({ status: 200, body: { state: 'revoked', worth: null } });
  });
});
