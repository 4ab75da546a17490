import { createApp } from '../../src/api/create-app.js';
import { KeyMemory } from '../../src/access/key-memory.js';
import { StorefrontMemory } from '../../src/database/storefronts/storefront-memory.js';
import { createStorefront } from '../support/actors.js';
import { HttpClient } from '../support/http-client.js';
import { openShop, orderBody, type Shop } from '../support/shop.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { testConfig } from '../support/test-config.js';

let shop: Shop;
let redis: TcpProxy;
let app: Awaited<ReturnType<typeof createApp>>;
let http: HttpClient;

beforeAll(async () => {
  shop = await openShop();
  const { databaseUrl } = shop.testApp;
  const url = new URL(testConfig(databaseUrl).redisUrl);
  redis = await startTcpProxy(url.hostname, Number(url.port));
  url.hostname = '127.0.0.1';
  url.port = String(redis.port);
  const settings = { REDIS_URL: url.href, YINKE_KEY_CALLS_PER_MINUTE: '3', YINKE_LOG_LEVEL: 'silent' };
  app = await createApp(testConfig(databaseUrl, settings));
  await app.listen(0, '127.0.0.1');
  http = new HttpClient(await app.getUrl());
});
afterAll(async () => {
  redis.mend();
  redis.thaw();
  await app.close();
  await redis.close();
  await shop.testApp.close();
});

it('one shop’s server may call so often in a minute, is told so each time, and keeps no other shop from calling', async () => {
  const sk = http.as(shop.storefront.secretKey);
  for (const left of [2, 1, 0]) {
    const { status, headers } = await sk.post('/v1/orders', orderBody());
    expect([status, headers.get('ratelimit-policy')]).toEqual([201, '"key";q=3;w=60']);
    expect(headers.get('ratelimit')).toMatch(new RegExp(`^"key";r=${left};t=([1-5]?\\d|60)$`));
  }
  const refused = orderBody();
  // However its scheme is written, it is the same key.
  for (const scheme of ['Bearer', 'bearer', 'Bearer  ']) {
    const { status, body, headers } = await http
      .with({ authorization: `${scheme} ${shop.storefront.secretKey}` })
      .post('/v1/orders', refused);
    expect([status, body.code]).toEqual([429, 'request.too-many']);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(headers.get('ratelimit')).toMatch(/^"key";r=0;/);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
  }
  expect((await shop.sk.get(`/v1/orders/${refused.orderId}`)).status).toBe(404);
  expect((await http.as(shop.other.secretKey).post('/v1/orders', orderBody())).status).toBe(201);
});

it('a key that is not known is refused each time and counted nowhere', async () => {
  for (let call = 0; call < 5; call += 1) {
    const { status, headers } = await http.as('sk_unknown').post('/v1/orders', orderBody());
    expect([status, headers.get('ratelimit')]).toEqual([401, null]);
  }
});

it('the limit of a key holds while Redis is away, or stands still', async () => {
  const { secretKey } = await createStorefront(shop.testApp, shop.admin);
  await app.get(KeyMemory, { strict: false }).refresh();
  await app.get(StorefrontMemory, { strict: false }).refresh();
  const order = async () => (await http.as(secretKey).post('/v1/orders', orderBody())).status;
  expect(await order()).toBe(201);
  redis.freeze();
  expect(await order()).toBe(201);
  redis.thaw();
  redis.cut();
  expect(await order()).toBe(201);
  expect(await order()).toBe(429);
});
