import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { jest } from '@jest/globals';
import { OrderReader } from '../../src/detection/orders/order-reader.js';
import { PostingService } from '../../src/finance/rewards/posting.service.js';
import { RewardSimulationService } from '../../src/finance/rewards/reward-simulation.service.js';
import { createStaff } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { insertEvents, waitingEvents, type TestEvent } from '../support/order-events.js';
import { addMerchant, dump, openShop, type Shop, type TestMerchant } from '../support/shop.js';
import { startTestWorker } from '../support/worker.js';

/** `YINKE_SIMULATED_ORDERS=100000 npm test -- reward-simulation` for as many as that. */
const MANY = Number(process.env.YINKE_SIMULATED_ORDERS ?? 1_500);
const MAY = { from: '2026-04-30T16:00:00Z', to: '2026-05-31T16:00:00Z' };

let shop: Shop;
let auditor: HttpClient;
let merchants: TestMerchant[];

beforeAll(async () => {
  shop = await openShop();
  auditor = await createStaff(shop.testApp, shop.admin, ['auditor']);
  merchants = [await addMerchant(shop, 'simulated_one'), await addMerchant(shop, 'simulated_two', 'gold')];
});
afterAll(() => shop.testApp.close());
afterEach(() => jest.restoreAllMocks());

const percent = (rateBps: number, more: object = {}) => ({ asset: 'CNY', kind: 'percent', rateBps, ...more });
const draft = (more: object = {}) => ({ scope: {}, posting: 'direct', grants: [percent(1000)], ...more });

async function simulate(body: object) {
  const { status, headers, text } = await auditor.post('/v1/reward-rules/simulate', { rules: [], ...MAY, ...body });
  if (status !== 200) throw new Error(text);
  expect(headers.get('content-type')).toContain('application/x-ndjson');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { progress: lines.slice(0, -1).map((line) => line.progress), result: lines.at(-1).result };
}

/** Completed orders of May at the shop, from its first hour on. */
const buy = (events: readonly Omit<TestEvent, 'storefrontId'>[]) =>
  insertEvents(
    shop.db,
    events.map((event, i) => {
      const completedAt = event.completedAt ?? new Date(Date.parse(MAY.from) + i * 60_000);
      return { ...event, completedAt, storefrontId: shop.storefront.id };
    }),
  );

describe('a simulation of reward rules', () => {
  it('finds for the rules that there are exactly what was granted, refunds, budgets, tiers and first orders included', async () => {
    const rule = (more: object) =>
      shop.admin.post('/v1/reward-rules', { ...draft(more), validFrom: '2020-01-01T00:00:00Z' });
    const tiers = [
      { from: 0, rateBps: 100 },
      { from: 50_000, rateBps: 333 },
    ];
    await rule({ grants: [{ asset: 'CNY', kind: 'tiered', mode: 'whole', tiers }] });
    await rule({ scope: { group: 'gold' }, posting: 'pending', holdDays: 7, grants: [percent(290, { cap: 200 })] });
    const budgets = { perMerchantMonth: 1_500, perRule: 2_600 };
    await rule({ bonus: true, grants: [{ asset: 'POINTS', kind: 'per-amount', per: 100, units: 1, budgets }] });
    await rule({ bonus: true, firstOrder: true, grants: [{ asset: 'CNY', kind: 'fixed', amount: 88 }] });
    const completions = await buy(
      Array.from({ length: 60 }, (_, i) => ({
        merchantId: i % 7 === 6 ? null : merchants[i % 2]!.id,
        amountPaid: 5_000 + 37 * i,
        shopperRef: `shopper-${i % 20}`,
        ...(i % 5 === 0 && { refunds: i % 10 === 0 ? [5_000 + 37 * i] : [1_234, 99] }),
      })),
    );
    // What was refunded after the last of the orders is posted after it, as it is simulated.
    const refunds = (from: string, to: string) =>
      shop.db.query("UPDATE order_event SET state = ? WHERE type = 'order.refunded' AND state = ?", [to, from]);
    await refunds('waiting', 'parked');
    const worker = await startTestWorker(shop.testApp, { YINKE_SWEEP_SECONDS: '3600' });
    const posting = worker.get(PostingService, { strict: false });
    // One after the other, as they are simulated: what uses up a budget first decides who gets the rest of it.
    for (const id of completions) await posting.postOrderEvents([id]);
    await refunds('parked', 'waiting');
    for (const id of await waitingEvents(shop.db)) await posting.postOrderEvents([id]);
    await worker.close();
    const before = await dump(shop);
    const { progress, result } = await simulate({});
    expect(await dump(shop)).toBe(before);
    expect(progress.at(-1)).toEqual({ orders: 60, of: 60 });
    expect(result).toMatchObject({ orders: 60, leftOut: 0 });
    const [{ sum }] = await shop.db.query(
      "SELECT SUM(granted - voided - clawed_back) sum FROM reward WHERE asset = 'POINTS'",
    );
    expect(result.perAsset.map((row: { asset: string }) => row.asset)).toEqual(['CNY', 'POINTS']);
    expect(result.perAsset[1].granted).toBe(Number(sum));
    for (const { wouldCost, granted } of [...result.perAsset, ...result.perMerchant]) expect(wouldCost).toBe(granted);
    const merchantsOf = result.perMerchant.map((row: { asset: string; merchant: string }) => [row.asset, row.merchant]);
    expect(merchantsOf).toHaveLength(4);
  });

  it('says what drafts would have cost, beside or instead of the rules that there are, at one storefront or all', async () => {
    const now = (await simulate({})).result.perAsset[0];
    const { result: instead } = await simulate({
      rules: [draft({ grants: [percent(10_000)] })],
      replaceExisting: true,
    });
    const [{ paid }] = await shop.db.query(
      `SELECT SUM(o.amount_paid) - COALESCE(SUM(r.refunded), 0) paid FROM shop_order o
        LEFT JOIN (SELECT order_pk, SUM(amount) refunded FROM refund GROUP BY 1) r ON r.order_pk = o.id
        WHERE o.merchant_id IS NOT NULL AND o.state = 'completed'`,
    );
    expect(instead.perAsset[0]).toEqual({ asset: 'CNY', wouldCost: Number(paid), granted: now.granted });
    const bonus = draft({ bonus: true, grants: [{ asset: 'CNY', kind: 'fixed', amount: 1 }] });
    const { result: beside } = await simulate({ rules: [bonus], storefront: shop.storefront.id });
    expect(beside.perAsset[0].wouldCost).toBeGreaterThan(now.wouldCost);
    expect((await simulate({ storefront: shop.other.id })).result).toEqual({
      orders: 0,
      perAsset: [],
      perMerchant: [],
      leftOut: 0,
    });
    // A draft that begins after the period changes nothing.
    const later = { ...bonus, validFrom: '2026-06-01T00:00:00Z' };
    expect((await simulate({ rules: [later] })).result.perAsset[0]).toEqual(now);
  });

  it.each<[string, object, string]>([
    ['a period that ends before it begins', { to: MAY.from }, '/to'],
    ['another tenant’s or no storefront', { storefront: 'sto_00000000000000000000000000' }, '/storefront'],
    [
      'a draft for nobody',
      { rules: [draft(), draft({ scope: { merchant: 'mer_00000000000000000000000000' } })] },
      '/rules/1/scope/merchant',
    ],
    [
      'a draft with tiers that fall',
      {
        rules: [
          draft({
            grants: [
              {
                asset: 'CNY',
                kind: 'tiered',
                mode: 'whole',
                tiers: [
                  { from: 0, rateBps: 2 },
                  { from: 1, rateBps: 1 },
                ],
              },
            ],
          }),
        ],
      },
      '/rules/0/grants/0/tiers/1',
    ],
    [
      'a draft with a budget below zero',
      { rules: [draft({ grants: [percent(1, { budgets: { perRule: -1 } })] })] },
      '/rules/0/grants/0/budgets/perRule',
    ],
    ['a draft that is none', { rules: [null] }, '/rules'],
    ['an unknown field', { dryRun: true }, '/dryRun'],
  ])('%s is refused with its place', async (_, body, pointer) => {
    const answer = await auditor.post('/v1/reward-rules/simulate', { rules: [], ...MAY, ...body });
    expect(answer).toMatchObject({ status: 422, body: { code: 'request.invalid', errors: [{ pointer }] } });
  });

  it('takes out of a volume what was refunded before the next order, and nothing that was refunded later', async () => {
    const one = { merchantId: merchants[0]!.id, amountPaid: 12_000, completedAt: new Date('2026-09-02T00:00:00Z') };
    const other = { ...one, amountPaid: 6_000, completedAt: new Date('2026-09-04T00:00:00Z') };
    await buy([{ ...one, refunds: [12_000] }, other]);
    const tiers = [
      { from: 0, rateBps: 100 },
      { from: 10_000, rateBps: 1000 },
    ];
    const rules = [draft({ grants: [{ asset: 'CNY', kind: 'tiered', mode: 'whole', tiers }] })];
    const cost = async (refundedAt: string) => {
      await shop.db.query(
        'UPDATE refund r JOIN shop_order o ON o.id = r.order_pk SET r.refunded_at = ? WHERE o.completed_at = ?',
        [new Date(refundedAt), one.completedAt],
      );
      const period = { from: '2026-09-01T00:00:00Z', to: '2026-09-10T00:00:00Z' };
      const { result } = await simulate({ rules, replaceExisting: true, ...period });
      return result.perAsset[0].wouldCost;
    };
    expect([await cost('2026-09-03T00:00:00Z'), await cost('2026-09-05T00:00:00Z')]).toEqual([60, 600]);
  });

  it('is for staff who look after money or rules, and for nobody else', async () => {
    const reviewer = await createStaff(shop.testApp, shop.admin, ['reviewer']);
    for (const [client, status] of [
      [reviewer, 403],
      [shop.sk, 403],
      [shop.testApp.http, 401],
    ] as const)
      expect((await client.post('/v1/reward-rules/simulate', { rules: [], ...MAY })).status).toBe(status);
  });

  it('stops when whoever asked has gone', async () => {
    const reader = shop.testApp.app.get<OrderReader>(OrderReader, { strict: false });
    const service = shop.testApp.app.get(RewardSimulationService, { strict: false });
    const find = reader.findCompleted.bind(reader);
    let goOn = (): void => undefined;
    const gone = new Promise<void>((resolve) => (goOn = resolve));
    let pages = 0;
    // A page of one order each, and the second one is not read before the caller has gone.
    jest.spyOn(reader, 'findCompleted').mockImplementation(async (period, after) => {
      pages += 1;
      if (pages === 2) await gone;
      return find(period, after, 1);
    });
    const lines = await service.simulateRules({ rules: [], ...MAY });
    // What Fastify does with the answer of a caller who has gone.
    await once(lines, 'readable');
    lines.destroy();
    goOn();
    await finished(lines).catch(() => undefined);
    expect(pages).toBeLessThanOrEqual(2);
  });

  it(
    `keeps nothing of a page when it reads the next one, over ${MANY} orders`,
    async () => {
      await buy(
        Array.from({ length: MANY }, (_, i) => ({
          merchantId: merchants[i % 2]!.id,
          amountPaid: 1_000 + (i % 997),
          completedAt: new Date(Date.parse('2026-07-01T00:00:00Z') + i * 1_000),
        })),
      );
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      const reader = shop.testApp.app.get<OrderReader>(OrderReader, { strict: false });
      const find = reader.findCompleted.bind(reader);
      const seen: WeakRef<object>[] = [];
      const heap: number[] = [];
      // Not a mock of jest, which would remember every page.
      reader.findCompleted = async (period, after, limit) => {
        collect();
        heap.push(process.memoryUsage().heapUsed);
        const page = await find(period, after, limit);
        seen.push(...page.orders.map((order) => new WeakRef(order)));
        return page;
      };
      const tiers = [{ from: 0, rateBps: 100 }];
      const { result } = await simulate({
        rules: [draft({ grants: [{ asset: 'CNY', kind: 'tiered', mode: 'marginal', tiers }] })],
        from: '2026-07-01T00:00:00Z',
        to: '2026-09-01T00:00:00Z',
      });
      reader.findCompleted = find;
      expect(result.orders).toBe(MANY);
      collect();
      expect(seen.filter((order) => order.deref() !== undefined).length).toBeLessThanOrEqual(500);
      if (MANY > 10_000)
        process.stdout.write(`heap in MB: ${heap.map((bytes) => (bytes / 1e6).toFixed(1)).join(' ')}\n`);
    },
    60_000 + MANY * 20,
  );
});
