import { DataSource } from 'typeorm';
import { createApp } from '../../src/api/create-app.js';
import { HttpClient } from '../support/http-client.js';
import { openShop, orderBody, type Shop } from '../support/shop.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { ADMIN, serviceConfig, testConfig } from '../support/test-config.js';

let shop: Shop;
let database: TcpProxy;
let redis: TcpProxy;
let app: Awaited<ReturnType<typeof createApp>>;
let http: HttpClient;
let sk: HttpClient;

async function proxyOf(address: string): Promise<[TcpProxy, string]> {
  const url = new URL(address);
  const proxy = await startTcpProxy(url.hostname, Number(url.port || 3306));
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  return [proxy, url.href];
}

beforeAll(async () => {
  shop = await openShop();
  const { databaseUrl } = shop.testApp;
  const [stalls, through] = await proxyOf(databaseUrl);
  const [silent, redisUrl] = await proxyOf(testConfig(databaseUrl).redisUrl);
  database = stalls;
  redis = silent;
  const limits = { DATABASE_STATEMENT_SECONDS: '1', DATABASE_WAIT_SECONDS: '1', DATABASE_POOL_SIZE: '4' };
  app = await createApp(serviceConfig(through, { YINKE_LOG_LEVEL: 'silent', REDIS_URL: redisUrl, ...limits }));
  await app.listen(0, '127.0.0.1');
  http = new HttpClient(await app.getUrl());
  sk = http.as(shop.storefront.secretKey);
});
afterAll(async () => {
  database.thaw();
  redis.thaw();
  await app.close();
  await database.close();
  await redis.close();
  await shop.testApp.close();
});

it('orders are answered while the database stands still, none is half-done, and all is well afterwards', async () => {
  const first = orderBody();
  expect((await sk.post('/v1/orders', first)).status).toBe(201);
  database.freeze();
  const orders = Array.from({ length: 40 }, () => orderBody());
  const answers = await Promise.all(orders.map((order) => sk.post('/v1/orders', order)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  for (const { body, headers } of answers) {
    expect(['service.busy', 'service.database-away']).toContain(body.code);
    expect(headers.get('retry-after')).toBe('1');
  }
  database.thaw();
  let status = 0;
  for (let tries = 0; status !== 201 && tries < 100; tries += 1)
    status = (await sk.post('/v1/orders', orders[0])).status;
  expect(status).toBe(201);
  // What was not acknowledged may be sent again, and is there once.
  for (const order of orders) expect((await sk.post('/v1/orders', order)).status).toBe(201);
  const [row] = await shop.db.query<{ orders: string }[]>('SELECT COUNT(*) AS orders FROM shop_order');
  expect(Number(row?.orders)).toBe(41);
});

it('a sign-in is answered while Redis stands still', async () => {
  redis.freeze();
  const { email, password } = ADMIN;
  expect((await http.post('/v1/staff/sessions', { email, password })).status).toBe(201);
  redis.thaw();
});

it.each([
  ['is read-only', 1290],
  ['has a full disk', 1021],
  ['has a full table', 1114],
])('a database that %s is said to be away, and not our fault', async (_what, errno) => {
  await shop.db.query(`CREATE TRIGGER no_room BEFORE INSERT ON shop_order FOR EACH ROW
    SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = ${errno}`);
  const order = orderBody();
  const answer = await sk.post('/v1/orders', order);
  await shop.db.query('DROP TRIGGER no_room');
  expect([answer.status, answer.body.code]).toEqual([503, 'service.database-away']);
  expect((await sk.post('/v1/orders', order)).status).toBe(201);
});

it('a transaction whose process has stopped holds its locks for seconds, and not for ever', async () => {
  const stopped = app.get(DataSource).createQueryRunner();
  await stopped.query('START TRANSACTION');
  await stopped.query('SELECT * FROM storefront WHERE id = ? FOR UPDATE', [shop.storefront.id]);
  const waits = shop.testApp.app.get(DataSource);
  const change = () => waits.query('UPDATE storefront SET updated_at = NOW(6) WHERE id = ?', [shop.storefront.id]);
  const outcome = await change().catch(() => change());
  expect(outcome.affectedRows).toBe(1);
  await expect(stopped.query('COMMIT')).rejects.toThrow();
  await stopped.release().catch(() => undefined);
}, 40_000);
