import type { INestApplicationContext } from '@nestjs/common';
import { allInvariants } from '../../src/finance/audit/all-invariants.js';
import { PostingService } from '../../src/finance/rewards/posting.service.js';
import { createStaff } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { copyRows } from '../support/many-rows.js';
import { insertEvents, insertRule, waitingEvents } from '../support/order-events.js';
import { analyzeTables } from '../support/rows-read.js';
import { SentStatements, type Sent } from '../support/sent-statements.js';
import { addMerchant, openShop, orderBody, signInMerchant, type Shop, type TestMerchant } from '../support/shop.js';
import { startTestWorker } from '../support/worker.js';

/** Of each table that grows with orders. */
const ROWS = 100_000;
const MERCHANTS = 5_000;
/** More rows than a page, or a batch, and far fewer than a table has. */
const BOUND = 1_000;

const statements = new SentStatements();
let shop: Shop;
let worker: INestApplicationContext;
/** Who brought a tenth of all orders. */
let busy: TestMerchant;
let merchant: HttpClient;
let auditor: HttpClient;

beforeAll(async () => {
  shop = await openShop();
  await insertRule(shop.db, [
    { asset: 'CNY', kind: 'percent', rateBps: 1000 },
    { asset: 'POINTS', kind: 'per-amount', per: 100, units: 1 },
  ]);
  busy = await addMerchant(shop, 'busy');
  merchant = await signInMerchant(shop, busy);
  auditor = await createStaff(shop.testApp, shop.admin, ['auditor']);
  worker = await startTestWorker(shop.testApp, { YINKE_SWEEP_SECONDS: '3600' });
  await buy('first');
  await post();
  await makeLong();
}, 300_000);
afterAll(async () => {
  await worker.close();
  await shop.testApp.close();
  statements.stop();
});

async function visit(): Promise<string> {
  return (await shop.pk.post('/v1/visits', { merchantCode: busy.code, shopperRef: 'shopper-1' })).body.visit;
}

async function buy(orderId: string): Promise<void> {
  const order = orderBody({ orderId, visit: await visit(), shopperRef: 'shopper-1' });
  expect((await shop.sk.post('/v1/orders', order)).status).toBe(201);
  expect((await shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 1000 })).status).toBe(202);
}

async function post(): Promise<void> {
  await worker.get(PostingService, { strict: false }).postOrderEvents(await waitingEvents(shop.db));
}

/** A hundred thousand copies of what one order has written, over five thousand merchants. */
async function makeLong(): Promise<void> {
  const id = (prefix: string, number = 'n') => `CONCAT('${prefix}_', LPAD(${number}, 26, '0'))`;
  const owner = `IF(n % 10 = 0, one.merchant_id, ${id('mer', `n % ${MERCHANTS}`)})`;
  const ago = (column: string) => `one.${column} - INTERVAL n MINUTE`;
  const copies = (table: string, times: number, differing: Record<string, string>, of = '1') =>
    copyRows(shop.db, { table, of, times, differing });
  await copies('merchant', MERCHANTS, {
    id: id('mer', 'n - 1'),
    application_id: id('app'),
    code: "CONCAT('T', LPAD(n, 7, '0'))",
    wechat_id: "CONCAT('copy_', n)",
    wechat_key: "CONCAT('copy_', n)",
  });
  await copies('visit', ROWS, {
    id: id('vis'),
    merchant_id: owner,
    created_at: ago('created_at'),
    changed_at: ago('changed_at'),
  });
  await copies('order_event', ROWS, {
    id: id('evt'),
    order_pk: id('ord'),
    journal_id: id('jnl'),
    created_at: ago('created_at'),
    posted_at: ago('posted_at'),
  });
  await copies('journal', ROWS, {
    id: id('jnl'),
    business_key: id('key'),
    cause_id: id('evt'),
    occurred_at: ago('occurred_at'),
    posted_at: ago('posted_at'),
  });
  await copies('reward', ROWS / 2, {
    id: `CONCAT('rwd_', LPAD(n, 24, '0'), LEFT(one.asset, 2))`,
    merchant_id: owner,
    order_pk: id('ord'),
    created_at: ago('created_at'),
  });
  const entryOwner = `IF(one.seq IS NULL, one.owner, IF(n % 10 = 0, one.owner, ${id('mer', `n % ${MERCHANTS}`)}))`;
  await copies('entry', ROWS, {
    journal_id: id('jnl'),
    owner: entryOwner,
    seq: 'IF(one.seq IS NULL, NULL, IF(n % 10 = 0, n DIV 10, n DIV 10) + one.seq)',
    reward_id: "CONCAT('rwd_', LPAD(n, 24, '0'), LEFT(one.asset, 2))",
  });
  await copies('account', MERCHANTS, { merchant_id: id('mer', 'n - 1'), version: '100000' });
  await shop.db.query('UPDATE account SET available = 1000000000, version = 100000 WHERE merchant_id = ?', [busy.id]);
  await copies('shop_order', ROWS, {
    id: id('ord'),
    order_id: "CONCAT('copy-', n)",
    merchant_id: owner,
    placed_at: ago('placed_at'),
    created_at: ago('created_at'),
    completed_at: ago('completed_at'),
    changed_at: ago('changed_at'),
  });
  await analyzeTables(shop.db.manager);
}

interface Step {
  table: string | null;
  type: string | null;
  key: string | null;
  rows: string | number | null;
  Extra: string | null;
}

/** Steps of a statement's plan that read, or sort, more than a page or a batch. */
async function longSteps({ sql, values }: Sent): Promise<string[]> {
  if (!/^\s*(SELECT|UPDATE|DELETE|WITH|\(SELECT)/i.test(sql)) return [];
  // EXPLAIN locks as the statement does: here it may wait for a posting.
  const steps: Step[] = await shop.db.query(`EXPLAIN ${sql.replace(/ NOWAIT$/, '')}`, values);
  return steps
    .filter(
      ({ table, type, rows, Extra }) =>
        Number(rows) > BOUND &&
        !/^<|^NULL$/.test(table ?? '<') &&
        (/^(ALL|index)$/.test(type ?? '') || /filesort|temporary/.test(Extra ?? '')),
    )
    .map(
      ({ table, type, key, rows, Extra }) =>
        `${table} ${type} ${key} ${rows} ${Extra}: ${sql.replace(/\s+/g, ' ').slice(0, 200)}`,
    );
}

/** Where an audit of what is new goes through more rows than there are merchants. A range that each row of another table sets is none. */
async function scansOf(sql: string): Promise<string[]> {
  const steps: Step[] = await shop.db.query(`EXPLAIN ${sql}`);
  return steps
    .filter(({ table }) => !/^<|^NULL$/.test(table ?? '<'))
    .filter(({ type, Extra }) => /^(ALL|index)$/.test(type ?? '') && !/^Range checked/.test(Extra ?? ''))
    .filter(({ rows }) => Number(rows) > 3 * MERCHANTS)
    .map(({ table, type, key, rows, Extra }) => `${table} ${type} ${key} ${rows} ${Extra}`);
}

async function plansOf(sent: readonly Sent[]): Promise<string[]> {
  const steps: string[] = [];
  for (const one of sent) steps.push(...(await longSteps(one)));
  return [...new Set(steps)];
}

/** What the program asks by itself from time to time, as it is written. */
let byItself: ReadonlySet<string> | undefined;

/** What a call sends, without that. */
async function sentBy(call: () => Promise<unknown>): Promise<Sent[]> {
  byItself ??= new Set(
    (await statements.during(() => new Promise((done) => setTimeout(done, 1500)))).map(({ sql }) => sql),
  );
  const own = byItself;
  return (await statements.during(call)).filter(({ sql }) => !own.has(sql));
}

const newOrder = (more = {}) => orderBody({ orderId: `hot-${Math.random().toString(36).slice(2)}`, ...more });

/** An order that is placed, for what comes after. */
async function placed(): Promise<string> {
  const order = newOrder({ visit: await visit() });
  await shop.sk.post('/v1/orders', order);
  return `/v1/orders/${order.orderId}`;
}

async function completed(): Promise<string> {
  const path = await placed();
  await shop.sk.post(`${path}/complete`, { amountPaid: 1000 });
  return path;
}

type Call = () => Promise<{ status: number }>;

/** What shops, merchants and staff do most: how many statements each may take at most. */
const CALLS: [string, number, () => Call | Promise<Call>][] = [
  ['a visit', 1, () => () => shop.pk.post('/v1/visits', { merchantCode: busy.code })],
  [
    'a quote',
    0,
    async () => {
      const body = { visit: await visit(), currency: 'CNY', lines: [{ sku: 'tea', quantity: 2, unitPrice: 500 }] };
      return () => shop.sk.post('/v1/quotes', body);
    },
  ],
  [
    'placing an order',
    4,
    async () => {
      const order = newOrder({ visit: await visit() });
      return () => shop.sk.post('/v1/orders', order);
    },
  ],
  [
    'placing an order with an Idempotency-Key',
    8,
    async () => {
      const order = newOrder({ visit: await visit() });
      return () => shop.sk.with({ 'idempotency-key': order.orderId }).post('/v1/orders', order);
    },
  ],
  [
    'completing an order',
    6,
    async () => {
      const path = await placed();
      return () => shop.sk.post(`${path}/complete`, { amountPaid: 1000 });
    },
  ],
  [
    'cancelling an order',
    6,
    async () => {
      const path = await placed();
      return () => shop.sk.post(`${path}/cancel`);
    },
  ],
  [
    'a refund',
    10,
    async () => {
      const path = await completed();
      return () => shop.sk.post(`${path}/refunds`, { refundId: path, amount: 100 });
    },
  ],
  [
    'a redemption of points',
    12,
    () => () =>
      shop.sk.post(`/v1/merchants/${busy.id}/redemptions`, {
        redemptionId: newOrder().orderId,
        asset: 'POINTS',
        amount: 1,
      }),
  ],
  ['an order, read by its shop', 6, () => () => shop.sk.get('/v1/orders/copy-70000')],
  ['a merchant’s balances', 6, () => () => merchant.get(`/v1/merchants/${busy.id}/balances`)],
  ['a merchant’s entries', 4, () => () => merchant.get(`/v1/merchants/${busy.id}/entries`)],
  ['a merchant’s orders', 9, () => () => merchant.get(`/v1/merchants/${busy.id}/orders`)],
  ['a merchant’s payouts', 4, () => () => merchant.get(`/v1/merchants/${busy.id}/payouts`)],
  ['a merchant’s figures', 13, () => () => merchant.get(`/v1/merchants/${busy.id}/stats`)],
  ['a merchant’s months', 4, () => () => merchant.get(`/v1/merchants/${busy.id}/statements/months`)],
  ['the orders, as staff see them', 6, () => () => auditor.get('/v1/orders')],
  ['the orders of one merchant', 6, () => () => auditor.get(`/v1/orders?merchant=${busy.id}`)],
  ['the rewards', 6, () => () => auditor.get('/v1/rewards')],
  ['the rewards of one merchant', 6, () => () => auditor.get(`/v1/rewards?merchant=${busy.id}`)],
  ['the pending rewards of one merchant', 6, () => () => auditor.get(`/v1/rewards?merchant=${busy.id}&state=pending`)],
  ['the visits', 6, () => () => auditor.get('/v1/visits')],
  ['the journals', 6, () => () => auditor.get('/v1/finance/journals')],
  ['the merchants', 6, () => () => auditor.get('/v1/merchants')],
  ['the balances of all', 6, () => () => auditor.get('/v1/finance/balances?asset=CNY')],
  ['a number that is looked for', 20, () => () => auditor.get('/v1/find?number=copy-70000')],
  ['the work that waits', 30, () => () => auditor.get('/v1/work')],
];

it.each(CALLS)('%s takes at most %i statements, and none reads or sorts a long table', async (_, most, prepare) => {
  const counts: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const call = await prepare();
    let answer: { status: number } = { status: 0 };
    const sent = await sentBy(async () => (answer = await call()));
    expect(answer).toMatchObject({ status: expect.any(Number) });
    expect(answer.status).toBeLessThan(300);
    expect(await plansOf(sent)).toEqual([]);
    counts.push(sent.length);
  }
  expect(Math.min(...counts)).toBeLessThanOrEqual(most);
});

it('two hundred events are posted by as many statements as twenty, and none reads or sorts a long table', async () => {
  const counts: number[] = [];
  for (const size of [20, 200]) {
    const events = Array.from({ length: size }, () => ({ merchantId: busy.id, amountPaid: 1000 }));
    await insertEvents(
      shop.db,
      events.map((event) => ({ ...event, storefrontId: shop.storefront.id })),
    );
    const ids = await waitingEvents(shop.db);
    const posting = worker.get(PostingService, { strict: false });
    const sent = await sentBy(() => posting.postOrderEvents(ids));
    expect(await waitingEvents(shop.db)).toEqual([]);
    expect(await plansOf(sent)).toEqual([]);
    counts.push(sent.length);
  }
  expect(counts[1]).toBe(counts[0]);
});

it('an audit of what is new goes through no table that grows with orders', async () => {
  const since = new Date(Date.now() - 5 * 60_000);
  const whole: string[] = [];
  const scans: [string, string[]][] = [];
  for (const { title, sql, since: ofNew } of allInvariants(3600)) {
    if ((await scansOf(sql)).length > 0) whole.push(title);
    const found = await scansOf(ofNew?.(since) ?? sql);
    if (found.length > 0) scans.push([title, found]);
  }
  expect(scans).toEqual([]);
  expect(whole.length).toBeGreaterThan(10);
}, 60_000);
