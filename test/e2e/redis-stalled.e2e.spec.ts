import type { INestApplicationContext } from '@nestjs/common';
import { createApp } from '../../src/api/create-app.js';
import { HttpClient, type Answer } from '../support/http-client.js';
import { addMerchant, openShop, orderBody, type Shop } from '../support/shop.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { ADMIN, testConfig } from '../support/test-config.js';
import { settled, startTestWorker } from '../support/worker.js';

/** On a machine that is busy with other tests; a silent Redis is given up after five seconds, and nothing here waits for it twice. */
const BOUND_MS = 10_000;
/** Redis says nothing for longer than the processes wait for it. */
const SILENT_MS = 8_000;

let shop: Shop;
let redis: TcpProxy;
let app: Awaited<ReturnType<typeof createApp>>;
let worker: INestApplicationContext;
let http: HttpClient;

beforeAll(async () => {
  shop = await openShop();
  const { databaseUrl } = shop.testApp;
  const url = new URL(testConfig(databaseUrl).redisUrl);
  redis = await startTcpProxy(url.hostname, Number(url.port));
  url.hostname = '127.0.0.1';
  url.port = String(redis.port);
  const settings = { REDIS_URL: url.href, YINKE_LOG_LEVEL: 'silent' };
  app = await createApp(testConfig(databaseUrl, settings));
  await app.listen(0, '127.0.0.1');
  http = new HttpClient(await app.getUrl());
  worker = await startTestWorker(shop.testApp, settings);
});
afterAll(async () => {
  redis.thaw();
  await worker.close();
  await app.close();
  await redis.close();
  await shop.testApp.close();
});

/** Everything that a shop, a merchant and staff do most, one after the other: the status of each, and how long the slowest took. */
async function everything(visitCode: string): Promise<{ statuses: Record<string, number>; slowest: number }> {
  const [sk, pk] = [http.as(shop.storefront.secretKey), http.as(shop.storefront.publishableKey)];
  const statuses: Record<string, number> = {};
  let slowest = 0;
  const time = async (what: string, call: Promise<Answer>) => {
    const start = performance.now();
    const answer = await call;
    slowest = Math.max(slowest, performance.now() - start);
    statuses[what] = answer.status;
    return answer;
  };
  const { body: visit } = await time('visit', pk.post('/v1/visits', { merchantCode: visitCode }));
  const order = orderBody({ visit: visit.visit });
  await time('order', sk.post('/v1/orders', order));
  await time('complete', sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid: 1000 }));
  await time('staff sign in', http.post('/v1/staff/sessions', { email: ADMIN.email, password: ADMIN.password }));
  await time('code', http.post('/v1/merchants/sign-in-codes', { email: `${visitCode}@shop.example` }));
  await time('wrong code', http.post('/v1/merchants/sessions', { email: 'li@shop.example', code: '000000' }));
  const form = { wechatId: `stalled_${visitCode}`, displayName: 'Li Wei', consent: true };
  await time('application', pk.post('/v1/merchant-applications', form));
  await time('alive', http.get('/healthz'));
  const ready = await time('ready', http.get('/readyz'));
  expect(ready.body).toEqual({ status: 'ready', checks: { database: 'ok', redis: 'away', migrations: 'ok' } });
  return { statuses, slowest };
}

it.each([
  ['says nothing and then goes on', () => redis.thaw()],
  [
    'says nothing and comes back as another',
    () => {
      redis.thaw();
      redis.cut();
      redis.mend();
    },
  ],
])('everybody is answered while Redis %s, and the worker goes on by itself', async (what, comeBack) => {
  const { code } = await addMerchant(shop, `stalled_${Math.random().toString(36).slice(2)}`);
  redis.freeze();
  const start = performance.now();
  const { statuses, slowest } = await everything(code);
  expect(statuses).toEqual({
    visit: 201,
    order: 201,
    complete: 202,
    'staff sign in': 201,
    code: 202,
    'wrong code': 422,
    application: 201,
    alive: 200,
    // It serves, so a balancer is to keep it; what it lacks stands in the answer.
    ready: 200,
  });
  expect(slowest).toBeLessThan(BOUND_MS);
  await new Promise((resolve) => setTimeout(resolve, SILENT_MS - (performance.now() - start)));
  comeBack();
  const back = performance.now();
  await settled(shop.testApp);
  const recovery = performance.now() - back;
  process.stdout.write(
    `Redis ${what}: slowest answer ${Math.round(slowest)} ms, posted ${Math.round(recovery)} ms after\n`,
  );
  expect(await shop.db.query("SELECT COUNT(*) AS n FROM order_event WHERE state <> 'posted'")).toEqual([{ n: '0' }]);
  for (let tries = 0; (await http.get('/readyz')).body.checks.redis !== 'ok'; tries += 1) {
    expect(tries).toBeLessThan(100);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});
