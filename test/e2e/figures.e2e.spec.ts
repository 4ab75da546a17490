import type { INestApplicationContext } from '@nestjs/common';
import { jest } from '@jest/globals';
import { AuditService } from '../../src/finance/audit/audit.service.js';
import { DayCountRepository } from '../../src/finance/figures/day-count.repository.js';
import { DayCounter } from '../../src/finance/figures/day-counter.js';
import { figureInvariants } from '../../src/finance/figures/figure-invariants.js';
import { addDays, instantOf, localDay } from '../../src/shared/calendar.js';
import { createStaff } from '../support/actors.js';
import { describeTampering } from '../support/audit-tampering.js';
import type { HttpClient } from '../support/http-client.js';
import {
  addMerchant,
  dump,
  openShop,
  orderBody,
  signInMerchant,
  type Shop,
  type TestMerchant,
} from '../support/shop.js';
import { figureTamperings } from '../support/tamperings/figures.js';
import { settled, startTestWorker } from '../support/worker.js';

const ZONE = 'Asia/Shanghai';
const TABLES = ['day_figure', 'day_product', 'day_reward_cost'];
const today = localDay(ZONE, new Date());
const yesterday = addDays(today, -1);
const before = addDays(today, -2);
/** Noon of a day in the storefronts' time zone. */
const noon = (day: string, time = '12:00') => instantOf(ZONE, day, time).toISOString();

let shop: Shop;
let worker: INestApplicationContext;
let auditor: HttpClient;
let ann: TestMerchant;
let bob: TestMerchant;
let own: HttpClient;
let counter: DayCounter;

beforeAll(async () => {
  shop = await openShop();
  // It posts what was bought; days are counted when the tests say so.
  worker = await startTestWorker(shop.testApp, { YINKE_SWEEP_SECONDS: '3600' });
  auditor = await createStaff(shop.testApp, shop.admin, ['auditor']);
  ann = await addMerchant(shop, 'ann_figures', 'gold');
  bob = await addMerchant(shop, 'bob_figures');
  counter = shop.testApp.app.get(DayCounter, { strict: false });
  const rule = { scope: {}, posting: 'direct', validFrom: '2020-01-01T00:00:00Z' };
  const grants = [
    { asset: 'CNY', kind: 'percent', rateBps: 1_000 },
    { asset: 'POINTS', kind: 'fixed', amount: 7 },
  ];
  await shop.admin.post('/v1/reward-rules', { ...rule, grants });
  own = await signInMerchant(shop, ann);
});
afterAll(async () => {
  await worker.close();
  await shop.testApp.close();
});

const get = async (client: HttpClient, path: string) => {
  const { status, body, text } = await client.get(path);
  if (status !== 200) throw new Error(`${path}: ${text}`);
  return body;
};
const ok = async (answer: Promise<{ status: number; text: string; body: any }>) => {
  const { status, text, body } = await answer;
  if (status >= 300) throw new Error(text);
  return body;
};

/** An order of the past. */
async function buy(
  sk: HttpClient,
  merchant: TestMerchant | null,
  placed: string,
  { paid, completed = placed, ...more }: Record<string, unknown> & { paid?: number; completed?: string } = {},
): Promise<string> {
  const attribution = merchant && { merchantCode: merchant.code, at: placed };
  const body = orderBody({ placedAt: placed, history: true, ...(attribution && { attribution }), ...more });
  await ok(sk.post('/v1/orders', body));
  if (paid !== undefined)
    await ok(sk.post(`/v1/orders/${body.orderId}/complete`, { amountPaid: paid, completedAt: completed }));
  return body.orderId;
}
const figures = async (query: string, client = auditor) => (await get(client, `/v1/stats/daily?${query}`)).items;
const count = async () => {
  await settled(shop.testApp);
  return counter.countChanges();
};
const SUMS = ['visits', 'attributedVisits', 'placed', 'attributedPlaced', 'cancelled', 'completed', 'attributedCompleted', 'sales', 'attributedSales', 'refunded', 'refunds'] as const; // prettier-ignore
const sumOf = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
const total = (items: any[]) => Object.fromEntries(SUMS.map((name) => [name, sumOf(items.map((item) => item[name]))]));
const costs = (item: any) => Object.fromEntries(item.rewardCost.map(({ asset, cost }: any) => [asset, cost]));

describe('figures by day', () => {
  it('has each thing on the day on which it happened, by the clocks of the storefront', async () => {
    // A second before midnight in Shanghai, and midnight.
    const late = await buy(shop.sk, ann, noon(yesterday, '23:59'), { paid: 1_000 });
    await buy(shop.sk, ann, noon(today, '00:00'), { paid: 1_000 });
    await buy(shop.sk, bob, noon(yesterday), { paid: 800, completed: noon(today, '00:00') });
    await buy(shop.sk, null, noon(before), { paid: 500 });
    await buy(shop.other.sk, ann, noon(before), { paid: 2_000, lines: [{ sku: 'pot', quantity: 1, unitPrice: 2_000, lineTotal: 2_000 }] }); // prettier-ignore
    await ok(shop.sk.post(`/v1/orders/${late}/refunds`, { refundId: 'F-1', amount: 400, refundedAt: noon(yesterday, '23:59') })); // prettier-ignore
    await ok(shop.sk.post(`/v1/orders/${late}/refunds`, { refundId: 'F-2', amount: 100, refundedAt: noon(today, '00:00') })); // prettier-ignore
    const cancelled = await buy(shop.sk, null, noon(before));
    await ok(shop.sk.post(`/v1/orders/${cancelled}/cancel`, {}));
    const kept = await buy(shop.sk, bob, noon(before));
    await ok(shop.sk.post(`/v1/orders/${kept}/refunds`, { refundId: 'F-3', amount: 10, refundedAt: noon(before) }));
    expect(await count()).toBeGreaterThan(3);

    const [oldest, middle, latest, ...rest] = await figures(`from=${before}&to=${today}`);
    expect(rest).toEqual([]);
    expect(oldest).toMatchObject({
      day: before,
      currency: 'CNY',
      visits: 2,
      attributedVisits: 2,
      placed: 4,
      attributedPlaced: 2,
      cancelled: 1,
      completed: 2,
      attributedCompleted: 1,
      sales: 2_500,
      attributedSales: 2_000,
      refunded: 0,
      refunds: 0,
    });
    expect(middle).toMatchObject({ day: yesterday, placed: 2, completed: 1, sales: 1_000, refunded: 1, refunds: 400 });
    expect(latest).toMatchObject({ day: today, placed: 1, completed: 2, sales: 1_800, refunded: 0, refunds: 100 });
    expect([oldest, middle, latest].map(costs)).toEqual([
      { CNY: 200, POINTS: 7 },
      { CNY: 60, POINTS: 4 },
      { CNY: 170, POINTS: 14 - 1 },
    ]);
  });

  it('adds up to the same by merchant, group, storefront and day, and to what the books say', async () => {
    const period = `from=${before}&to=${today}`;
    const all = total(await figures(period));
    for (const by of ['merchant', 'storefront']) expect(total(await figures(`${period}&groupBy=${by}`))).toEqual(all);
    const byMerchant = await figures(`${period}&groupBy=merchant`);
    expect(byMerchant.map(({ merchant }: any) => merchant?.displayName ?? null)).toEqual([
      null,
      '店 ann_figures',
      '店 bob_figures',
    ]);
    const byGroup = await figures(`${period}&groupBy=group`);
    expect(byGroup.map(({ group }: any) => group)).toEqual([null, 'gold']);
    expect(byGroup[1].sales).toBe(byMerchant[1].sales);
    const [mine] = await figures(`${period}&groupBy=storefront&merchant=${ann.id}&storefront=${shop.other.id}`);
    expect(mine).toMatchObject({ storefront: shop.other.id, completed: 1, sales: 2_000 });

    const products = await figures(`${period}&groupBy=product`);
    expect(products.map(({ product, completed, units, sales }: any) => [product, completed, units, sales])).toEqual([
      ['pot', 1, 1, 2_000],
      ['tea', 4, 8, 3_300],
    ]);
    expect(products[0]).toMatchObject({ visits: null, placed: null, refunds: null, rewardCost: [] });

    const { items } = await get(auditor, '/v1/finance/trial-balance');
    const cost = items.find(({ asset, account }: any) => asset === 'CNY' && account === 'reward-cost');
    const counted = sumOf(byMerchant.map((item: any) => costs(item).CNY ?? 0));
    expect(counted).toBe(-cost.balance);
    const orders = (await get(auditor, '/v1/orders?limit=200&state=completed')).items;
    expect(all.sales).toBe(sumOf(orders.map(({ amountPaid }: any) => amountPaid)));
    expect(all.refunds).toBe(sumOf(orders.map(({ refunded }: any) => refunded)));
  });

  it('is the same however often, by however many, and after a crash half-way', async () => {
    const once = await dump(shop, TABLES);
    await counter.countChanges();
    await Promise.all([counter.countChanges(), counter.countChanges(), counter.countChanges()]);
    expect(await dump(shop, TABLES)).toBe(once);

    await buy(shop.sk, bob, noon(before), { paid: 300 });
    await buy(shop.sk, bob, noon(yesterday), { paid: 300 });
    await settled(shop.testApp);
    const repository = shop.testApp.app.get(DayCountRepository, { strict: false });
    const crash = jest.spyOn(repository, 'replace').mockImplementationOnce(() => Promise.reject(new Error('killed')));
    await expect(counter.countChanges()).rejects.toThrow('killed');
    crash.mockRestore();
    const [{ waiting }] = await shop.db.query('SELECT COUNT(*) waiting FROM day_to_count');
    expect(Number(waiting)).toBeGreaterThan(0);
    // Even when nobody would notice the changes again.
    await shop.db.query('UPDATE count_mark SET counted_until = NOW(6) + INTERVAL 1 HOUR');
    await counter.countChanges();
    const after = await dump(shop, TABLES);
    await shop.db.query('DELETE FROM count_mark');
    await counter.countChanges();
    expect(await dump(shop, TABLES)).toBe(after);
    expect(total(await figures(`from=${before}&to=${today}`)).sales).toBe(5_900);
  });

  it('follows what changes later: an answer, an edit to another day, a completion, a cancellation', async () => {
    const visit = (await shop.pk.post('/v1/visits', {})).body;
    const open = await buy(shop.sk, null, noon(before));
    await count();
    const [old, now] = [await figures(`from=${before}&to=${before}`), await figures(`from=${today}&to=${today}`)];
    await shop.pk.post(`/v1/visits/${visit.id}/referrer`, { visit: visit.visit, wechatId: 'bob_figures' });
    const edit = { ...orderBody({ orderId: open }), revision: 2, placedAt: noon(yesterday), history: true };
    await ok(shop.sk.post('/v1/orders', edit));
    await count();
    const [oldest] = await figures(`from=${before}&to=${before}`);
    expect(oldest.placed).toBe(old[0].placed - 1);
    const [latest] = await figures(`from=${today}&to=${today}`);
    expect([latest.visits, latest.attributedVisits]).toEqual([now[0].visits, Number(now[0].attributedVisits) + 1]);
    const [middle] = await figures(`from=${yesterday}&to=${yesterday}`);
    await ok(shop.sk.post(`/v1/orders/${open}/cancel`, {}));
    await count();
    expect((await figures(`from=${yesterday}&to=${yesterday}`))[0].cancelled).toBe(Number(middle.cancelled) + 1);
  });

  it('is counted anew from the truth when an admin asks', async () => {
    const right = await dump(shop, TABLES);
    await shop.db.query('UPDATE day_figure SET visits = visits + 3, sales = 1');
    await shop.db.query("INSERT INTO day_figure (day, storefront_id, merchant_id, currency) VALUES (?, ?, 'mer_x', 'CNY')", [before, shop.storefront.id]); // prettier-ignore
    await shop.db.query('DELETE FROM day_product');
    expect((await auditor.post('/v1/stats/recount')).status).toBe(403);
    expect((await shop.admin.post('/v1/stats/recount')).status).toBe(202);
    await counter.countChanges();
    expect(await dump(shop, TABLES)).toBe(right);
    // Other clocks make other days.
    await ok(shop.admin.patch(`/v1/storefronts/${shop.other.id}`, { timeZone: 'America/Los_Angeles' }));
    await counter.countChanges();
    const moved = await figures(`from=${addDays(before, -1)}&to=${today}&storefront=${shop.other.id}`);
    expect(moved.map(({ day, sales }: any) => [day, sales])).toEqual([[addDays(before, -1), 2_000]]);
    await ok(shop.admin.patch(`/v1/storefronts/${shop.other.id}`, { timeZone: ZONE }));
    await counter.countChanges();
    expect(await dump(shop, TABLES)).toBe(right);
  });

  it('has pages, CSV and limits, and is for staff', async () => {
    const period = `from=${before}&to=${today}&groupBy=merchant`;
    const whole = await figures(period);
    const paged: unknown[] = [];
    for (let cursor = ''; ;) {
      const { items, nextCursor } = await get(auditor, `/v1/stats/daily?${period}&limit=1${cursor}`);
      paged.push(...items);
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(paged).toEqual(whole);
    const csv = await auditor.with({ accept: 'text/csv' }).get(`/v1/stats/daily?${period}`);
    const [header = '', ...lines] = csv.text.trim().split('\r\n');
    expect(header.split(',').slice(0, 8)).toEqual(
      'day,storefront,merchant,merchantName,group,product,currency,visits'.split(','),
    );
    expect(lines).toHaveLength(whole.length);
    for (const wrong of [
      'from=2026-02-30',
      `from=${today}&to=${before}`,
      'from=2020-01-01&to=2026-01-01',
      'groupBy=odd',
    ])
      expect((await auditor.get(`/v1/stats/daily?${wrong}`)).body.code).toBe('request.invalid');
    expect((await get(auditor, '/v1/stats/daily')).to).toBe(today);
    for (const client of [shop.sk, shop.pk, own])
      for (const path of ['daily', 'leaders', 'cohorts'])
        expect((await client.get(`/v1/stats/${path}`)).status).toBe(403);
  });
});

it('leaders are ranked, and cohorts follow merchants from the month in which they joined', async () => {
  const leaders = await get(auditor, `/v1/stats/leaders?from=${before}&to=${today}`);
  expect(leaders.items.map(({ merchant, sales }: any) => [merchant.id, sales])).toEqual([
    [ann.id, 4_000],
    [bob.id, 1_400],
  ]);
  expect(leaders.currency).toBe('CNY');
  const [first, ...others] = (await get(auditor, '/v1/stats/leaders?by=completed&limit=1')).items;
  expect([first.merchant.id, others]).toEqual([ann.id, []]);

  await shop.db.query("UPDATE merchant SET created_at = ? WHERE id = ?", [new Date(Date.now() - 62 * 86_400_000), bob.id]); // prettier-ignore
  const { items } = await get(auditor, '/v1/stats/cohorts?months=4');
  expect(items).toHaveLength(4);
  const month = today.slice(0, 7);
  const latest = items.at(-1);
  expect([latest.joined, latest.merchants]).toEqual([month, 1]);
  const joined = localDay(ZONE, new Date(Date.now() - 62 * 86_400_000)).slice(0, 7);
  const bobs = items.find((item: any) => item.joined === joined);
  expect(bobs.merchants).toBe(1);
  expect(sumOf(bobs.months.map(({ sales }: any) => sales))).toBe(1_400);
  expect(bobs.months.at(-1)).toMatchObject({ month, active: 1 });
  expect(bobs.months.at(-1).since).toBeGreaterThanOrEqual(2);
  const csv = await auditor.with({ accept: 'text/csv' }).get('/v1/stats/cohorts?months=4');
  expect(csv.text.split('\r\n')[0]).toBe('joined,merchants,month,since,active,completed,currency,sales');
});

it('a merchant sees what they brought today, this month and by day', async () => {
  const path = `/v1/merchants/${ann.id}/stats?from=${before}&to=${today}`;
  const seen = await get(own, path);
  const staffSees = await figures(`from=${before}&to=${today}&merchant=${ann.id}`);
  expect(seen.days.map(({ day, sales }: any) => [day, sales])).toEqual(
    staffSees.map(({ day, sales }: any) => [day, sales]),
  );
  expect(seen.today).toEqual([expect.objectContaining({ currency: 'CNY', completed: 1, sales: 1_000 })]);
  const inMonth = seen.days.filter(({ day }: any) => day.startsWith(today.slice(0, 7)));
  expect(seen.month[0].sales).toBe(sumOf(inMonth.map(({ sales }: any) => sales)));
  expect(seen.countedUntil).not.toBeNull();
  expect((await own.get(`/v1/merchants/${bob.id}/stats`)).status).toBe(403);
  expect((await shop.sk.get(path)).status).toBe(403);
});

describe('the audit of what is counted', () => {
  beforeAll(async () => {
    // On a day on which the other storefront had refunds.
    await buy(shop.other.sk, ann, noon(yesterday), { paid: 100 });
    await count();
    const audit = await shop.testApp.app.get(AuditService, { strict: false }).runAudit();
    expect(audit.items.filter((item) => item.invariant === 17 && item.count > 0)).toEqual([]);
    // As long after the last change as it takes to have seen all.
    await shop.db.query('UPDATE counted_day SET counted_at = NOW(6) + INTERVAL 1 HOUR');
  });

  describeTampering({ invariants: figureInvariants, tamperings: figureTamperings, db: () => shop.db });
});

it('a day is counted as it was at one moment, also while an order is completed', async () => {
  await buy(shop.sk, ann, noon(yesterday), { paid: 700 });
  await settled(shop.testApp);
  const repository = shop.testApp.app.get(DayCountRepository, { strict: false });
  const replace = repository.replace.bind(repository);
  let later: string | null = null;
  const meanwhile = jest.spyOn(repository, 'replace').mockImplementation(async (...given) => {
    if (given[1].day === yesterday) later ??= await buy(shop.sk, ann, noon(yesterday), { paid: 900 });
    return replace(...given);
  });
  await counter.countChanges();
  meanwhile.mockRestore();
  expect(later).not.toBeNull();
  const broken = async () => (await get(auditor, '/v1/finance/audit')).items.filter(({ count: n }: any) => n > 0);
  expect(await broken()).toEqual([]);
  await count();
  expect(await broken()).toEqual([]);
});
