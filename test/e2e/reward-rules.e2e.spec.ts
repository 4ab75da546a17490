import type { INestApplicationContext } from '@nestjs/common';
import { createStaff, createStorefront } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { addMerchant, openShop, orderBody, type Shop, type TestMerchant } from '../support/shop.js';
import { settled, startTestWorker } from '../support/worker.js';

let shop: Shop;
let worker: INestApplicationContext;
let auditor: HttpClient;

beforeAll(async () => {
  shop = await openShop();
  worker = await startTestWorker(shop.testApp);
  auditor = await createStaff(shop.testApp, shop.admin, ['auditor']);
});
afterAll(async () => {
  const audit = await auditor.get('/v1/finance/audit');
  await worker.close();
  await shop.testApp.close();
  expect(audit.body.items.filter((item: { count: number }) => item.count > 0)).toEqual([]);
});

const percent = (rateBps: number, more: object = {}) => ({ asset: 'CNY', kind: 'percent', rateBps, ...more });
const tiered = (mode: string, ...tiers: [number, number][]) => ({
  asset: 'CNY',
  kind: 'tiered',
  mode,
  tiers: tiers.map(([from, rateBps]) => ({ from, rateBps })),
});
const ruleBody = (more: object) => ({
  scope: {},
  posting: 'direct',
  validFrom: '2020-01-01T00:00:00Z',
  grants: [percent(100)],
  ...more,
});

async function addRule(more: object): Promise<{ id: string }> {
  const { status, body, text } = await shop.admin.post('/v1/reward-rules', ruleBody(more));
  if (status !== 201) throw new Error(text);
  return body;
}

type Line = { sku?: string; category?: string; amount: number };

/** Buys through the merchant and completes; the rewards of the order once they are posted. */
async function buy(merchant: TestMerchant, lines: Line[], more: Record<string, unknown> = {}) {
  const { visit } = (await shop.pk.post('/v1/visits', { merchantCode: merchant.code })).body;
  const order = orderBody({
    visit,
    lines: lines.map(({ sku = 'tea', category = 'drinks', amount }) => {
      return { sku, category, quantity: 1, unitPrice: amount, lineTotal: amount };
    }),
    ...more,
  });
  const placed = await shop.sk.post('/v1/orders', order);
  if (placed.status !== 201) throw new Error(placed.text);
  const amountPaid = lines.reduce((total, line) => total + line.amount, 0);
  const completed = await shop.sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid });
  if (completed.status !== 202) throw new Error(completed.text);
  await settled(shop.testApp);
  return (await shop.sk.get(`/v1/orders/${order.orderId}`)).body;
}

const amounts = (order: { rewards: { granted: number }[] }) => order.rewards.map((reward) => reward.granted);

describe('the terms of a reward rule', () => {
  const terms: Record<string, object> = {
    'lines let in and kept out': {
      include: { categories: ['drinks'], products: ['cup'] },
      exclude: { products: ['old-tea'] },
    },
    'first orders': { firstOrder: true },
    'a bonus': { bonus: true },
    'a minimum': { minPaid: 5_000 },
    'a window': { validTo: '2030-01-01T00:00:00.000Z' },
    budgets: { grants: [percent(100, { cap: 40, budgets: { perMerchantMonth: 100, perRule: 1_000 } })] },
    'marginal tiers': { grants: [tiered('marginal', [0, 500], [10_000, 100])] },
    'tiers for the whole volume': { grants: [tiered('whole', [1_000, 100], [10_000, 500])] },
  };

  it.each(Object.entries(terms))('%s: are read as they were written, and a version replaces them', async (_, given) => {
    const created = await shop.admin.post('/v1/reward-rules', ruleBody(given));
    expect(created).toMatchObject({ status: 201, body: given });
    const id = created.body.id as string;
    expect((await shop.admin.get(`/v1/reward-rules/${id}`)).body).toEqual(created.body);
    const plain = ruleBody({ validFrom: '2021-01-01T00:00:00Z' });
    const versioned = await shop.admin.post(`/v1/reward-rules/${id}/versions`, plain);
    expect(versioned.status).toBe(201);
    expect(versioned.body).toMatchObject({ version: 2, include: null, exclude: null, firstOrder: false, bonus: false });
    expect(versioned.body.versions[0]).toMatchObject(given);
    expect((await shop.admin.post(`/v1/reward-rules/${id}/end`, {})).status).toBe(200);
  });

  const bad: [string, object, string][] = [
    ['a list let in that names nothing', { include: {} }, '/include'],
    ['a list kept out that is empty', { exclude: { categories: [], products: null } }, '/exclude'],
    ['a product twice', { include: { products: ['a', 'a'] } }, '/include/products'],
    ['a category with white space at its end', { include: { categories: ['tea '] } }, '/include/categories'],
    ['a filter that is a list', { include: ['tea'] }, '/include'],
    ['an unknown member of a filter', { include: { products: ['a'], brands: ['b'] } }, '/include/brands'],
    ['a first order that is a word', { firstOrder: 'yes' }, '/firstOrder'],
    ['a bonus that is a number', { bonus: 1 }, '/bonus'],
    ['a budget of nothing', { grants: [percent(1, { budgets: { perRule: 0 } })] }, '/grants/0/budgets/perRule'],
    ['a budget below zero', { grants: [percent(1, { budgets: { perRule: -5 } })] }, '/grants/0/budgets/perRule'],
    ['a budget for a day', { grants: [percent(1, { budgets: { perDay: 5 } })] }, '/grants/0/budgets/perDay'],
    ['tiers of points', { grants: [{ ...tiered('whole', [0, 1]), asset: 'POINTS' }] }, '/grants/0/asset'],
    ['tiers without a mode', { grants: [{ ...tiered('whole', [0, 1]), mode: null }] }, '/grants/0/mode'],
    ['tiers with a mode of their own', { grants: [tiered('both', [0, 1])] }, '/grants/0/mode'],
    ['no tiers', { grants: [tiered('whole')] }, '/grants/0/tiers'],
    ['tiers that do not ascend', { grants: [tiered('marginal', [5, 1], [5, 2])] }, '/grants/0/tiers/1'],
    ['a whole-amount rate that falls', { grants: [tiered('whole', [0, 2], [5, 1])] }, '/grants/0/tiers/1'],
    ['a rate above all of it', { grants: [tiered('whole', [0, 10_001])] }, '/grants/0/tiers/0/rateBps'],
    ['a rate beside tiers', { grants: [{ ...tiered('whole', [0, 1]), rateBps: 5 }] }, '/grants/0/rateBps'],
  ];

  it.each(bad)('%s is refused with its place', async (_, given, pointer) => {
    const { status, body } = await shop.admin.post('/v1/reward-rules', ruleBody(given));
    expect({ status, code: body.code, pointers: body.errors?.map((e: { pointer: string }) => e.pointer) }).toEqual({
      status: 422,
      code: 'request.invalid',
      pointers: expect.arrayContaining([pointer]),
    });
  });
});

describe('a reward rule at work', () => {
  it('counts only the lines that its lists let through, and a first order once', async () => {
    const merchant = await addMerchant(shop, 'terms_lines');
    const scope = { merchant: merchant.id };
    await addRule({
      scope,
      include: { categories: ['drinks'] },
      exclude: { products: ['old'] },
      grants: [percent(1000)],
    });
    await addRule({ scope, bonus: true, firstOrder: true, grants: [{ asset: 'CNY', kind: 'fixed', amount: 88 }] });
    const basket = [{ amount: 1_000 }, { sku: 'old', amount: 2_000 }, { category: 'home', amount: 4_000 }];
    expect(amounts(await buy(merchant, basket, { shopperRef: 'first-timer' }))).toEqual([100, 88]);
    expect(amounts(await buy(merchant, basket, { shopperRef: 'first-timer' }))).toEqual([100]);
    expect(amounts(await buy(merchant, basket))).toEqual([100]);
  });

  it('stops at a merchant’s budget for the month, and the order says why there is nothing more', async () => {
    const merchant = await addMerchant(shop, 'terms_budget');
    const grants = [percent(1000, { budgets: { perMerchantMonth: 150 } })];
    await addRule({ scope: { merchant: merchant.id }, grants });
    await buy(merchant, [{ amount: 1_000 }]);
    const [clamped] = (await buy(merchant, [{ amount: 1_000 }])).rewards;
    expect(clamped).toMatchObject({
      granted: 50,
      explanation: { arithmetic: { clampedBy: { budget: 150, left: 50, amountBefore: 100 }, amount: 50 } },
    });
    expect(clamped.words.en).toContain('only 0.50 CNY was left');
    const third = await buy(merchant, [{ amount: 1_000 }]);
    expect(third.rewards).toEqual([]);
    expect(third.events[0].reason).toBe('The budget of the rules that cover this order is used up.');
  });

  it('raises the rate for the whole month once its volume reaches a tier', async () => {
    const merchant = await addMerchant(shop, 'terms_tiers');
    await addRule({ scope: { merchant: merchant.id }, grants: [tiered('whole', [0, 100], [10_000, 500])] });
    expect(amounts(await buy(merchant, [{ amount: 9_000 }]))).toEqual([90]);
    const crossing = await buy(merchant, [{ amount: 1_000 }]);
    expect(amounts(crossing)).toEqual([410]);
    expect(crossing.rewards[0].words['zh-CN']).toContain('累计计奖金额由 ¥90.00 增至 ¥100.00');
  });
});

describe('the calendar of a storefront', () => {
  it('is that of a time zone, Shanghai’s unless told otherwise', async () => {
    const { id } = await createStorefront(shop.testApp, shop.admin);
    expect((await shop.admin.get(`/v1/storefronts/${id}`)).body.timeZone).toBe('Asia/Shanghai');
    const changed = await shop.admin.patch(`/v1/storefronts/${id}`, { timeZone: 'Europe/Berlin' });
    expect(changed).toMatchObject({ status: 200, body: { timeZone: 'Europe/Berlin' } });
    for (const timeZone of ['Mars/Olympus', '+08:00', '', 8])
      expect(await shop.admin.patch(`/v1/storefronts/${id}`, { timeZone })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/timeZone' }] },
      });
  });
});
