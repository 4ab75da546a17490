import type { DataSource, EntityManager } from 'typeorm';
import { allInvariants } from '../../src/finance/audit/all-invariants.js';
import { newId } from '../../src/shared/ids.js';
import { analyzeTables, rowsRead } from '../support/rows-read.js';
import { insertEvents, insertRule, insertStorefront, waitingEvents } from '../support/order-events.js';
import { Poster } from '../support/poster.js';
import { createTestDatabase } from '../support/test-database.js';

const ORDERS = 300;

let poster: Poster;
let dataSource: DataSource;

beforeAll(async () => {
  poster = await Poster.start(await createTestDatabase());
  dataSource = poster.dataSource;
  await insertStorefront(dataSource);
});
afterAll(() => poster.close());

/** Everything that an order brings with it: a rule of their own, budgets, volumes, lots, coupons, first orders, refunds. */
async function addOrders(): Promise<void> {
  const merchants = Array.from({ length: ORDERS }, () => newId('merchant'));
  for (const merchant of merchants)
    await insertRule(
      dataSource,
      [
        { asset: 'CNY', kind: 'percent', rateBps: 1000, budgets: { perMerchantMonth: 10_000, perRule: 10_000 } },
        { asset: 'EUR', kind: 'tiered', mode: 'marginal', tiers: [{ from: 0, rateBps: 100 }] },
        { asset: 'POINTS', kind: 'fixed', amount: 5 },
        { asset: 'COUPON:T', kind: 'fixed', amount: 1 },
      ],
      { merchant },
      undefined,
      { firstOrder: true },
    );
  await insertEvents(
    dataSource,
    merchants.map((merchantId) => ({ merchantId, amountPaid: 1_000, shopperRef: newId('visit'), refunds: [100] })),
  );
  await poster.posting.postOrderEvents(await waitingEvents(dataSource));
  await analyzeTables(dataSource.manager);
}

/** Rows that each invariant reads, joins row by row included. */
async function readByInvariant(tx: EntityManager): Promise<Map<string, number>> {
  const read = new Map<string, number>();
  for (const { title, sql } of allInvariants(3600)) read.set(title, await rowsRead(tx, () => tx.query(sql)));
  return read;
}

it('every invariant reads twice as much of twice as many orders, not four times', async () => {
  const runner = dataSource.createQueryRunner();
  await addOrders();
  const once = await readByInvariant(runner.manager);
  await addOrders();
  const twice = await readByInvariant(runner.manager);
  await runner.release();
  const growth = [...twice].map(([title, rows]) => ({ title, rows, before: once.get(title) ?? 0 }));
  expect(growth.filter(({ rows, before }) => rows > 2.5 * before + 100)).toEqual([]);
  expect(Math.max(...growth.map(({ rows }) => rows))).toBeGreaterThan(10 * ORDERS);
  const [{ orders }] = await dataSource.query("SELECT COUNT(*) orders FROM order_event WHERE state = 'posted'");
  expect(orders).toBe((4 * ORDERS).toString());
}, 120_000);
