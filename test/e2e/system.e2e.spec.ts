import type { INestApplicationContext } from '@nestjs/common';
import { createWorld, type World } from '../support/actors.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { settled, startTestWorker } from '../support/worker.js';

/** The whole of it, over HTTP alone: from the registration form to the ledger, as clients see it. */

let testApp: TestApp;
let worker: INestApplicationContext;
let world: World;
let merchant: { id: string; code: string };
let other: { id: string; code: string };

const validFrom = '2020-01-01T00:00:00Z';
const basket = [{ sku: 'tea', category: 'drinks', quantity: 2, unitPrice: 1000 }];
const LIST_TOTAL = 2000;
const MERCHANT_TOTAL = 1800;

beforeAll(async () => {
  testApp = await startTestApp();
  worker = await startTestWorker(testApp);
  world = await createWorld(testApp);
  merchant = await register('liwei_2026', 'Li Wei');
  other = await register('someone_else', 'Someone Else');
  const scope = { merchant: merchant.id };
  const price = await world.admin.post('/v1/price-rules', { scope, validFrom, kind: 'percent-off', rateBps: 1000 });
  const grants = [{ asset: 'CNY', kind: 'percent', rateBps: 500 }];
  const reward = await world.admin.post('/v1/reward-rules', { scope: {}, validFrom, posting: 'direct', grants });
  expect([price.status, reward.status]).toEqual([201, 201]);
});
afterAll(async () => {
  await worker.close();
  await testApp.close();
});

/** A merchant as one comes to be: form, submission, review. */
async function register(wechatId: string, displayName: string): Promise<{ id: string; code: string }> {
  const applied = await world.pk.post('/v1/merchant-applications', { wechatId, displayName, consent: true });
  expect(applied.status).toBe(201);
  const approved = await world.reviewer.post(`/v1/merchant-applications/${applied.body.id}/approve`, {});
  return approved.body.merchant;
}

/** Buys the basket for what the quote says, to the end; returns what was paid and whom the order belongs to. */
async function buy(visit: string | undefined): Promise<{ total: number; orderId: string }> {
  const quote = await world.pk.post('/v1/quotes', { visit, currency: 'CNY', lines: basket });
  expect(quote.status).toBe(201);
  const orderId = `order-${Math.random().toString(36).slice(2)}`;
  const body = { orderId, visit, quote: quote.body.quote, currency: 'CNY', lines: quote.body.lines };
  expect((await world.sk.post('/v1/orders', body)).status).toBe(201);
  const done = await world.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: quote.body.total });
  expect(done.status).toBe(202);
  await settled(testApp);
  return { total: quote.body.total, orderId };
}

async function available(of: { id: string }): Promise<number> {
  const { body } = await world.auditor.get(`/v1/merchants/${of.id}/balances`);
  return body.items.find((item: { asset: string }) => item.asset === 'CNY')?.available ?? 0;
}

/** What an action changes in the balances of the two merchants. */
async function earned<T>(action: () => Promise<T>): Promise<{ result: T; merchant: number; other: number }> {
  const before = [await available(merchant), await available(other)];
  const result = await action();
  return { result, merchant: (await available(merchant)) - before[0]!, other: (await available(other)) - before[1]! };
}

async function answer(wechatId: string | null): Promise<string> {
  const opened = await world.pk.post('/v1/visits', { url: 'https://shop.example/tea' });
  expect(opened.body).toMatchObject({ attributed: false, ask: { question: 'referrer' } });
  const answered = await world.pk.post(`/v1/visits/${opened.body.id}/referrer`, { visit: opened.body.visit, wechatId });
  expect(answered.status).toBe(201);
  return answered.body.visit;
}

describe('claim 6 and claim 15: without a code the system asks who brought the shopper, and prices and rewards by the answer', () => {
  it('code: merchant price, and the merchant earns on what was paid', async () => {
    const { body } = await world.pk.post('/v1/visits', { url: `https://shop.example/tea?m=${merchant.code}` });
    expect(body).toMatchObject({ attributed: true, via: 'code', ask: null });
    const { result, ...gained } = await earned(() => buy(body.visit));
    expect(result.total).toBe(MERCHANT_TOTAL);
    expect(gained).toEqual({ merchant: 90, other: 0 });
  });

  it('named and known: the same price as by code, and the merchant earns the same', async () => {
    const { result, ...gained } = await earned(async () => buy(await answer('LiWei_2026')));
    expect(result.total).toBe(MERCHANT_TOTAL);
    expect(gained).toEqual({ merchant: 90, other: 0 });
  });

  it.each([
    ['named and unknown', 'nobody_knows_me'],
    ['nobody', null],
  ])('%s: list price, and nobody earns', async (_, wechatId) => {
    const { result, ...gained } = await earned(async () => buy(await answer(wechatId)));
    expect(result.total).toBe(LIST_TOTAL);
    expect(gained).toEqual({ merchant: 0, other: 0 });
  });

  it('a merchant without a price rule of their own still earns, at the list price', async () => {
    const { result, ...gained } = await earned(async () => buy(await answer('someone_else')));
    expect(result.total).toBe(LIST_TOTAL);
    expect(gained).toEqual({ merchant: 0, other: 100 });
  });
});

describe('claim 13: database, detection and finance are one system', () => {
  it('a code that the registry assigned is detected in a visit, and the balance that finance keeps is the merchant’s', async () => {
    const fresh = await register('brand_new_one', 'Brand New');
    const { body: visit } = await world.pk.post('/v1/visits', { merchantCode: fresh.code });
    expect(visit).toMatchObject({ codeStatus: 'known', merchant: { code: fresh.code, displayName: 'Brand New' } });
    const { orderId } = await buy(visit.visit);
    expect(await available(fresh)).toBe(100);
    const { body: order } = await world.sk.get(`/v1/orders/${orderId}`);
    expect(order.rewards).toEqual([expect.objectContaining({ merchant: fresh.id, asset: 'CNY', granted: 100 })]);
    const { body: statement } = await world.auditor.get(`/v1/merchants/${fresh.id}/entries`);
    expect(statement.items).toEqual([
      expect.objectContaining({ asset: 'CNY', account: 'available', amount: 100, balanceAfter: 100 }),
    ]);
  });

  it('leaves books that the audit finds clean', async () => {
    const { body } = await world.auditor.get('/v1/finance/audit');
    expect(body.items.filter((item: { count: number }) => item.count > 0)).toEqual([]);
    expect(body.clean).toBe(true);
  });
});
