import { PASSWORD } from '../support/actors.js';
import { readFileSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ALERTS } from '../../src/core/alerts.js';
import { ScheduledAudit } from '../../src/finance/audit/scheduled-audit.js';
import { WorkerPort } from '../../src/worker/worker-port.js';
import { createApp } from '../../src/api/create-app.js';
import { HttpClient } from '../support/http-client.js';
import { alertNames, checkMetrics, evaluate, promtool, RULES, scrape, type Scrape } from '../support/prometheus.js';
import { addMerchant, openShop, orderBody, TEA, type Shop, type TestMerchant } from '../support/shop.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { testConfig } from '../support/test-config.js';
import { settled, startTestWorker } from '../support/worker.js';

let shop: Shop;
let worker: INestApplicationContext | undefined;
let merchant: TestMerchant;
let before: Scrape;

beforeAll(async () => {
  shop = await openShop();
  merchant = await addMerchant(shop, 'called_01');
  // What the opening of the shop has announced is done, so that nothing waits before the first alert.
  const first = await startTestWorker(shop.testApp, { YINKE_WORKER_PORT: '0' });
  await settled(shop.testApp);
  await pause(2500);
  await first.close();
});
afterAll(async () => {
  await worker?.close();
  await shop.testApp.close();
});
beforeEach(async () => {
  before = await look();
});

const targets = () => {
  const port = worker?.get(WorkerPort).address?.port;
  return { 'yinke-api': shop.testApp.baseUrl, ...(port && { 'yinke-worker': `http://127.0.0.1:${port}` }) };
};
const look = () => scrape(targets());
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The alerts were silent before, and the real metrics raise them now. */
async function raised(alerts: string[], now: Scrape, then = before): Promise<void> {
  const { before: silent, after } = await evaluate(then, now);
  for (const alert of alerts) expect(silent).not.toContain(alert);
  expect(after).toEqual(expect.arrayContaining(alerts));
}

/** An order that the merchant has brought, complete. */
async function completedOrder(holdDays?: number): Promise<string> {
  await shop.admin.post('/v1/reward-rules', {
    scope: { merchant: merchant.id },
    ...(holdDays === undefined ? { posting: 'direct' } : { posting: 'pending', holdDays }),
    validFrom: '2020-01-01T00:00:00Z',
    grants: [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }],
  });
  const { body: visit } = await shop.pk.post('/v1/visits', { merchantCode: merchant.code });
  const order = orderBody({ visit: visit.visit });
  await shop.sk.post('/v1/orders', order);
  await shop.sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid: TEA.lineTotal });
  const [{ id }] = await shop.db.query(
    'SELECT e.id FROM order_event e JOIN shop_order o ON o.id = e.order_pk WHERE o.order_id = ?',
    [order.orderId],
  );
  return id;
}

/** A journal in the way of another with the same key. */
const squat = (id: string, businessKey: string) =>
  shop.db.query(
    `INSERT INTO journal (id, business_key, kind, description, cause_type, cause_id, occurred_at)
     VALUES (?, ?, 'reward', 'In the way.', 'x', 'x', NOW(6))`,
    [id, businessKey],
  );

describe('somebody is called', () => {
  it('when no worker takes what waits, and an order event is not posted', async () => {
    const event = await completedOrder();
    await shop.db.query('UPDATE order_event SET created_at = created_at - INTERVAL 90 SECOND WHERE id = ?', [event]);
    await pause(200);
    await raised(['YinkeOrderEventsUnposted', 'YinkeQueueStuck'], await look());
    worker = await startTestWorker(shop.testApp, { YINKE_WORKER_PORT: '0' });
    await settled(shop.testApp);
    await pause(2500);
  });

  it('when an event cannot be posted', async () => {
    await worker?.close();
    worker = undefined;
    const event = await completedOrder();
    await squat('jnl_event', `order.completed:${event}`);
    worker = await startTestWorker(shop.testApp, { YINKE_WORKER_PORT: '0' });
    await settled(shop.testApp);
    await raised(['YinkeOrderEventsParked'], await look());
  });

  it('when a reward cannot mature', async () => {
    const event = await completedOrder(7);
    await settled(shop.testApp);
    const [{ id }] = await shop.db.query("SELECT id FROM reward WHERE state = 'pending' ORDER BY id DESC LIMIT 1");
    expect([event, id]).toEqual([expect.any(String), expect.any(String)]);
    await squat('jnl_maturity', `maturity:${id}`);
    await shop.db.query('UPDATE reward SET mature_at = NOW(6) - INTERVAL 1 DAY WHERE id = ?', [id]);
    await pause(3000);
    await raised(['YinkeRewardsStuck'], await look());
    await shop.db.query('UPDATE reward SET mature_at = NOW(6) + INTERVAL 1 DAY WHERE id = ?', [id]);
  });

  it('when a message to a person is given up', async () => {
    await shop.db.query(
      `INSERT INTO outgoing_message (id, kind, channel, state, content, attempts, next_try_at, expires_at, created_at)
       VALUES ('msg_x', 'sign-in-code', 'email', 'waiting', NULL, 0, NOW(6), NOW(6), NOW(6))`,
    );
    await pause(3000);
    await raised(['YinkeMessagesUnsent'], await look());
  });

  it('when the only admin gives a role that moves money', async () => {
    const given = { email: 'maker@called.test', password: PASSWORD, roles: ['finance-maker'] };
    expect((await shop.admin.post('/v1/staff', given)).status).toBe(201);
    await raised(['YinkeMoneyRoleAlone'], await look());
  });

  it('when a job fails again and again', async () => {
    await shop.db.query('RENAME TABLE points_lot TO points_lot_away');
    await pause(7000);
    const now = await look();
    await shop.db.query('RENAME TABLE points_lot_away TO points_lot');
    await raised(['YinkeJobsFailing'], now);
  });

  it('when a call is answered 500', async () => {
    await shop.db.query('RENAME TABLE payout_schedule TO payout_schedule_away');
    const { status } = await shop.admin.get('/v1/payout-schedules');
    await shop.db.query('RENAME TABLE payout_schedule_away TO payout_schedule');
    expect(status).toBe(500);
    await raised(['YinkeServerErrors'], await look());
  });

  it('when calls of shops take too long', async () => {
    const order = orderBody();
    await shop.sk.post('/v1/orders', order);
    await completedOrder();
    before = await look();
    const lock = shop.db.createQueryRunner();
    await lock.startTransaction();
    await lock.query('SELECT id FROM shop_order WHERE order_id = ? FOR UPDATE', [order.orderId]);
    const slow = shop.sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid: TEA.lineTotal });
    await pause(2600);
    await lock.rollbackTransaction();
    await lock.release();
    expect((await slow).status).toBe(202);
    await raised(['YinkeSlowAnswers'], await look());
  });

  it('when the clock of a machine is off', async () => {
    const now = Date.now.bind(Date);
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() - 20_000);
    const wrong = await look();
    clock.mockRestore();
    await raised(['YinkeClockOff'], wrong);
  });

  it('when something blocks the event loop', async () => {
    const end = performance.now() + 1500;
    while (performance.now() < end);
    await pause(50);
    await raised(['YinkeEventLoopBlocked'], await look());
  });

  it('when the workers are gone, and with them the scheduled jobs and the audit', async () => {
    worker ??= await startTestWorker(shop.testApp, { YINKE_WORKER_PORT: '0' });
    await shop.testApp.app.get(ScheduledAudit).runAndKeep();
    before = await look();
    const { 'yinke-api': api, 'yinke-worker': address } = targets();
    expect(before['yinke-worker']).toContain('yinke_job_last_run_age_seconds');
    await worker.close();
    worker = undefined;
    await pause(12_000);
    await shop.db.query('UPDATE audit_result SET at = at - INTERVAL IF(id = 5, 72, 4) HOUR');
    const now = await scrape({ 'yinke-api': api, 'yinke-worker': address! });
    await raised(['YinkeProcessDown', 'YinkeNoWorker', 'YinkeJobSilent', 'YinkeAuditOld', 'YinkeFullAuditOld'], now);
  });
});

describe('of an API process that is cut off, somebody is called', () => {
  let own: Awaited<ReturnType<typeof createApp>>;
  let database: TcpProxy;
  let redis: TcpProxy;
  let baseUrl: string;
  let pk: HttpClient;
  let sk: HttpClient;

  beforeAll(async () => {
    const [mysql, cache] = [new URL(shop.testApp.databaseUrl), new URL(process.env.REDIS_URL!)];
    database = await startTcpProxy(mysql.hostname, Number(mysql.port));
    redis = await startTcpProxy(cache.hostname, Number(cache.port));
    mysql.port = String(database.port);
    mysql.hostname = '127.0.0.1';
    cache.port = String(redis.port);
    cache.hostname = '127.0.0.1';
    const settings = {
      REDIS_URL: cache.href,
      DATABASE_POOL_SIZE: '2',
      YINKE_BROWSER_CALLS_PER_MINUTE: '50',
      YINKE_TRUSTED_PROXIES: '127.0.0.1',
    };
    own = await createApp(testConfig(mysql.href, settings));
    await own.listen(0, '127.0.0.1');
    baseUrl = await own.getUrl();
    [pk, sk] = [shop.pk, shop.sk].map((client) => client.at(baseUrl)) as [HttpClient, HttpClient];
  });
  afterAll(async () => {
    database.mend();
    redis.mend();
    await own.close();
    await Promise.all([database.close(), redis.close()]);
  });
  const lookAtOwn = () => scrape({ 'yinke-api': baseUrl });

  it('when its calls wait for a connection', async () => {
    const then = await lookAtOwn();
    const pool = own.get(DataSource);
    const taken = [pool.createQueryRunner(), pool.createQueryRunner()];
    for (const one of taken) await one.connect();
    const waiting = pool.query('SELECT 1');
    const now = await lookAtOwn();
    for (const one of taken) await one.release();
    await waiting;
    await raised(['YinkeDatabasePoolExhausted'], now, then);
  });

  it('when Redis does not answer', async () => {
    const then = await lookAtOwn();
    redis.cut();
    await pause(100);
    await raised(['YinkeRedisAway'], await lookAtOwn(), then);
    redis.mend();
  });

  it('when somebody calls more than is allowed', async () => {
    const then = await lookAtOwn();
    const somebody = pk.with({ 'x-forwarded-for': '203.0.113.9' });
    for (let call = 0; call < 160; call += 1) await somebody.post('/v1/visits', {});
    await raised(['YinkeManyCallsLimited'], await lookAtOwn(), then);
  });

  it('when the database does not answer: calls are shed, visits not recorded, what is kept in memory grows old', async () => {
    const then = await lookAtOwn();
    database.cut();
    for (let call = 0; call < 60; call += 1) await sk.get('/v1/orders/none');
    await sk.post('/v1/visits', { merchantCode: merchant.code });
    await fetch(`${baseUrl}/r/${merchant.code}?storefront=${shop.storefront.id}`, { redirect: 'manual' });
    await pause(31_000);
    const alerts = ['YinkeDatabaseAway', 'YinkeCallsShed', 'YinkeVisitsUnrecorded', 'YinkeDirectoryStale'];
    await raised(alerts, await lookAtOwn(), then);
  });
});

describe('the rules', () => {
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const rules = readFileSync('deploy/prometheus/alerts.yml', 'utf8');

  it('are rules to Prometheus, and go by the limits that they name', async () => {
    expect(await promtool(['check', 'rules', RULES])).toContain(`SUCCESS: ${alertNames().length} rules found`);
    expect(await promtool(['check', 'config', '--syntax-only', 'deploy/prometheus/prometheus.yml'])).toContain(
      'SUCCESS',
    );
    expect(await promtool(['test', 'rules', 'deploy/prometheus/alerts.test.yml'])).toContain('SUCCESS');
  });

  it('have a section of the runbook each, and it is there that they point', () => {
    expect([...runbook.matchAll(/^## (\w+)$/gm)].map(([, name]) => name).sort()).toEqual(alertNames().sort());
    const pointed = [...rules.matchAll(/runbook_url: docs\/runbook\.md#(\w+)$/gm)].map(([, anchor]) => anchor);
    expect(pointed).toEqual(alertNames().map((name) => name.toLowerCase()));
    for (const section of runbook.split(/^## /m).slice(1))
      expect(section).toMatch(/\*\*Means\*\*[^]*\*\*Look at\*\*[^]*\*\*Do\*\*/);
  });

  it('are each raised by a test, and the runbook knows every ALERT of the log', () => {
    const tests = ['alerts', 'alerts-payouts'].map((name) => readFileSync(`test/e2e/${name}.prom.spec.ts`, 'utf8'));
    expect(alertNames().filter((name) => !tests.some((text) => text.includes(`'${name}'`)))).toEqual([]);
    expect(Object.values(ALERTS).filter((text) => !runbook.includes(`\`ALERT ${text}\``))).toEqual([]);
  });

  it('and the dashboard name metrics that there are, which are named as Prometheus wants it', async () => {
    worker = await startTestWorker(shop.testApp, { YINKE_WORKER_PORT: '0' });
    await pause(2000);
    const { 'yinke-api': api, 'yinke-worker': of } = await look();
    const known = new Set(
      [...`${api}\n${of}`.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name, kind]) =>
        kind === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
      ),
    );
    const dashboard = readFileSync('deploy/grafana/yinke.json', 'utf8');
    const named = [...`${rules}\n${dashboard}`.matchAll(/\b(?:yinke|nodejs|process)_\w+/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(50);
    expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
    for (const text of [api!, of!])
      expect((await checkMetrics(text)).filter((line) => line.startsWith('yinke_'))).toEqual([]);
  });
});
