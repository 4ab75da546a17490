import { createApp } from '../../src/api/create-app.js';
import { startSqlProxy, type SqlRule } from '../faults/suite/sql-proxy.mjs';
import { HttpClient } from '../support/http-client.js';
import { addMerchant, openShop, orderBody, type Shop, type TestMerchant } from '../support/shop.js';
import { serviceConfig } from '../support/test-config.js';

type App = Awaited<ReturnType<typeof createApp>>;

let shop: Shop;
let ann: TestMerchant;
let proxy: Awaited<ReturnType<typeof startSqlProxy>>;
let app: App;
let sk: HttpClient;

/** An API process whose statements can be counted, and meet with something. */
async function startApi(): Promise<{ app: App; sk: HttpClient }> {
  const url = new URL(shop.testApp.databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  const api = await createApp(serviceConfig(url.href, { YINKE_LOG_LEVEL: 'silent' }));
  await api.listen(0, '127.0.0.1');
  return { app: api, sk: new HttpClient(await api.getUrl()).as(shop.storefront.secretKey) };
}

beforeAll(async () => {
  shop = await openShop();
  ann = await addMerchant(shop, 'ann_tea');
  proxy = await startSqlProxy(Number(new URL(shop.testApp.databaseUrl).port || 3306));
  ({ app, sk } = await startApi());
});
afterAll(async () => {
  await app.close();
  await proxy.close();
  await shop.testApp.close();
});

/** How often statements of a kind came while `work` ran. */
async function counted<T>(statement: RegExp, work: () => Promise<T>): Promise<[number, T]> {
  let hits = 0;
  const disarm = proxy.arm({ statement, when: 'before', onHit: () => void (hits += 1) });
  try {
    const result = await work();
    return [hits, result];
  } finally {
    disarm();
  }
}

/** Lets something happen once, while `work` runs. */
async function meeting<T>(rule: Omit<SqlRule, 'times'>, work: () => Promise<T>): Promise<T> {
  let hits = 0;
  const disarm = proxy.arm({ ...rule, times: 1, onHit: () => void (hits += 1) });
  try {
    return await work();
  } finally {
    disarm();
    expect(hits).toBe(1);
  }
}

const bodies = (count: number, more: object = {}) => Array.from({ length: count }, () => orderBody({ ...more }));
const placeAll = (orders: readonly object[]) => Promise.all(orders.map((order) => sk.post('/v1/orders', order)));
const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status);
const all = (status: number, count: number) => Array.from({ length: count }, () => status);
const rowsOf = async (orderIds: readonly string[]) =>
  (await shop.db.query('SELECT order_id FROM shop_order WHERE order_id IN (?)', [orderIds])).length as number;

describe('calls about orders that come at the same moment', () => {
  it('share a commit: placings, completions, refunds and cancellations; each has its own answer', async () => {
    const { visit } = (await shop.pk.post('/v1/visits', { merchantCode: ann.code })).body;
    const orders = bodies(40, { visit });
    const [placings, placed] = await counted(/^COMMIT/, () => placeAll(orders));
    expect(placed.map(({ status, body }) => [status, body.orderId])).toEqual(
      orders.map(({ orderId }) => [201, orderId]),
    );
    expect(new Set(placed.map(({ body }) => body.id)).size).toBe(40);
    expect(placings).toBeLessThan(20);
    expect(await rowsOf(orders.map(({ orderId }) => orderId))).toBe(40);

    const [steps, answers] = await counted(/^COMMIT/, () =>
      Promise.all(
        orders.map(({ orderId }, at) => {
          if (at < 20) return sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 900 + at });
          if (at < 30) return sk.post(`/v1/orders/${orderId}/refunds`, { refundId: `r-${orderId}`, amount: at });
          return sk.post(`/v1/orders/${orderId}/cancel`);
        }),
      ),
    );
    expect(statuses(answers)).toEqual([...all(202, 30), ...all(200, 10)]);
    expect(answers.slice(0, 30).map(({ body }) => body.amountPaid ?? body.amount)).toEqual([
      ...Array.from({ length: 20 }, (_, at) => 900 + at),
      ...Array.from({ length: 10 }, (_, at) => 20 + at),
    ]);
    expect(steps).toBeLessThan(20);
  });

  it('leave each event to the request that told of it', async () => {
    const orders = bodies(20);
    await placeAll(orders);
    const answers = await Promise.all(
      orders.map(({ orderId }) => sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 1 })),
    );
    const rows: { order_id: string; request_id: string }[] = await shop.db.query(
      'SELECT o.order_id, e.request_id FROM order_event e JOIN shop_order o ON o.id = e.order_pk WHERE o.order_id IN (?)',
      [orders.map(({ orderId }) => orderId)],
    );
    expect(Object.fromEntries(rows.map((row) => [row.order_id, row.request_id]))).toEqual(
      Object.fromEntries(answers.map(({ headers }, at) => [orders[at]!.orderId, headers.get('x-request-id')])),
    );
  });

  it('are refused each for itself', async () => {
    const known = orderBody();
    await sk.post('/v1/orders', known);
    const [good, foreign] = [bodies(10), orderBody({ currency: 'EUR' })];
    const answers = await Promise.all([
      ...good.slice(0, 5).map((order) => sk.post('/v1/orders', order)),
      sk.post('/v1/orders', foreign),
      sk.post('/v1/orders', { ...known, shipping: 7 }),
      sk.post('/v1/orders/nobody-knows/complete', { amountPaid: 1 }),
      sk.post(`/v1/orders/${known.orderId}/complete`, { amountPaid: 1_000_000 }),
      ...good.slice(5).map((order) => sk.post('/v1/orders', order)),
    ]);
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      ...Array.from({ length: 5 }, () => [201, undefined]),
      [422, 'order.wrong-currency'],
      [409, 'order.conflict'],
      [404, 'order.not-found'],
      [422, 'order.paid-more-than-lines'],
      ...Array.from({ length: 5 }, () => [201, undefined]),
    ]);
    const conflicts = await shop.db.query('SELECT key_id FROM order_event_conflict WHERE order_id = ?', [
      known.orderId,
    ]);
    expect(conflicts).toEqual([{ key_id: expect.stringMatching(/^key_/) }]);
  });

  it('and about one order are one after the other', async () => {
    const others = bodies(10);
    const order = orderBody();
    const [same, again, other] = await placeAll([order, order, { ...order, shipping: 5 }, ...others]);
    expect([same!.status, again!.status, same!.text === again!.text]).toEqual([201, 201, true]);
    expect([other!.status, other!.body.code]).toEqual([409, 'order.conflict']);
    const paths = [`/v1/orders/${order.orderId}/complete`, `/v1/orders/${order.orderId}/cancel`] as const;
    const [complete, cancel] = await Promise.all([sk.post(paths[0], { amountPaid: 1 }), sk.post(paths[1])]);
    expect([
      [202, 409],
      [409, 200],
    ]).toContainEqual([complete.status, cancel.status]);
  });
});

describe('an Idempotency-Key of a call that shares its commit', () => {
  const keyed = (key: string) => sk.with({ 'idempotency-key': key });

  it('is noted with the work of its own call, and with that of no other', async () => {
    const orders = bodies(20);
    const answers = await Promise.all(
      orders.map((order, at) =>
        keyed(`group-${at}`).post('/v1/orders', at % 2 === 0 ? order : { ...order, currency: 'EUR' }),
      ),
    );
    expect(statuses(answers)).toEqual(orders.map((_, at) => (at % 2 === 0 ? 201 : 422)));
    const rows = await shop.db.query(
      'SELECT COUNT(*) n, SUM(effect_at IS NOT NULL) done FROM idempotency_key WHERE answer IS NOT NULL',
    );
    expect([Number(rows[0].n), Number(rows[0].done)]).toEqual([20, 10]);
    const repeats = await Promise.all(
      orders.map((order, at) =>
        keyed(`group-${at}`).post('/v1/orders', at % 2 === 0 ? order : { ...order, currency: 'EUR' }),
      ),
    );
    expect(repeats.map(({ text }) => text)).toEqual(answers.map(({ text }) => text));
  });

  it('twice at once does the work once, among calls with other keys', async () => {
    const order = orderBody();
    const answers = await Promise.all([
      keyed('twice').post('/v1/orders', order),
      keyed('twice').post('/v1/orders', order),
      ...bodies(10).map((other, at) => keyed(`beside-${at}`).post('/v1/orders', other)),
    ]);
    const [first, second, ...rest] = answers.map(({ status, body }) => body.code ?? status);
    expect([
      [201, 'idempotency.in-progress'],
      ['idempotency.in-progress', 201],
      [201, 201],
    ]).toContainEqual([first, second]);
    expect(rest).toEqual(all(201, 10));
    expect(await rowsOf([order.orderId])).toBe(1);
  });

  it('that another has taken over takes back its own call alone', async () => {
    const [slow, ...others] = bodies(11);
    await shop.db.query(`CREATE TRIGGER overtaken AFTER INSERT ON shop_order FOR EACH ROW
      UPDATE idempotency_key SET lock_token = 'another' WHERE NEW.order_id = '${slow!.orderId}' ORDER BY locked_at DESC LIMIT 1`);
    const answers = await Promise.all([
      ...others.map((order) => sk.post('/v1/orders', order)),
      keyed('slow').post('/v1/orders', slow),
    ]).finally(() => shop.db.query('DROP TRIGGER overtaken'));
    expect(answers.map(({ status, body }) => body.code ?? status)).toEqual([
      ...all(201, 10),
      'idempotency.in-progress',
    ]);
    expect(await rowsOf([slow!.orderId])).toBe(0);
  });
});

describe('one call that the database refuses', () => {
  it('fails alone', async () => {
    const orders = bodies(20);
    const poisoned = orders[7]!.orderId;
    await shop.db.query(`CREATE TRIGGER poison BEFORE INSERT ON shop_order FOR EACH ROW
      IF NEW.order_id = '${poisoned}' THEN SIGNAL SQLSTATE '45000'; END IF`);
    const answers = await placeAll(orders).finally(() => shop.db.query('DROP TRIGGER poison'));
    expect(statuses(answers)).toEqual(orders.map(({ orderId }) => (orderId === poisoned ? 500 : 201)));
    expect(await rowsOf(orders.map(({ orderId }) => orderId))).toBe(19);
  });

  it.each([1213, 1205] as const)('with %i is tried again with the others', async (error) => {
    const orders = bodies(20);
    const answers = await meeting({ statement: /^INSERT INTO shop_order/, when: 'before', error }, () =>
      placeAll(orders),
    );
    expect(statuses(answers)).toEqual(all(201, 20));
  });

  it('for an order that somebody else holds waits alone', async () => {
    const [held, ...others] = bodies(11);
    const [placed] = await placeAll([held!, ...others]);
    const holder = shop.db.createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT id FROM shop_order WHERE id = ? FOR UPDATE', [placed!.body.id]);
    const complete = ({ orderId }: { orderId: string }) => sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 1 });
    let isOver = false;
    const waiting = complete(held!).finally(() => (isOver = true));
    try {
      const answers = await Promise.all(others.map(complete));
      const later = await sk.post('/v1/orders', orderBody());
      expect([...statuses(answers), later.status, isOver]).toEqual([...all(202, 10), 201, false]);
    } finally {
      await holder.rollbackTransaction();
      await holder.release();
    }
    expect((await waiting).status).toBe(202);
  });

  it('because it went away while it was asked to commit is told to all, and each may be sent again', async () => {
    const orders = bodies(20);
    const answers = await meeting({ statement: /^COMMIT/, when: 'after', cut: true }, () => placeAll(orders));
    const away = answers.filter(({ status }) => status !== 201);
    expect(away.length).toBeGreaterThan(0);
    expect(new Set(away.map(({ body }) => body.code))).toEqual(new Set(['service.database-away']));
    expect(statuses(await placeAll(orders))).toEqual(all(201, 20));
    expect(await rowsOf(orders.map(({ orderId }) => orderId))).toBe(20);
  });
});

it('a process that ends answers all calls that wait for a commit', async () => {
  const second = await startApi();
  const orders = bodies(60);
  const disarm = proxy.arm({ statement: /^COMMIT/, when: 'before', delayMs: 300 });
  const arrived = new Promise<void>((resolve) => {
    let count = 0;
    second.app.getHttpServer().on('request', () => (count += 1) === orders.length && resolve());
  });
  const answers = Promise.all(orders.map((order) => second.sk.post('/v1/orders', order)));
  await arrived;
  await second.app.close();
  disarm();
  expect(statuses(await answers)).toEqual(all(201, 60));
});
