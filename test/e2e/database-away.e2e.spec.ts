import { createApp } from '../../src/api/create-app.js';
import { addMerchant, openShop, type Shop, type TestMerchant } from '../support/shop.js';
import { HttpClient } from '../support/http-client.js';
import { serviceConfig } from '../support/test-config.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

let shop: Shop;
let ann: TestMerchant;
let proxy: TcpProxy;
let app: Awaited<ReturnType<typeof createApp>>;
let pk: HttpClient;

beforeAll(async () => {
  shop = await openShop();
  ann = await addMerchant(shop, 'ann_tea');
  const url = new URL(shop.testApp.databaseUrl);
  proxy = await startTcpProxy(url.hostname, Number(url.port || 3306));
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  app = await createApp(serviceConfig(url.href, { YINKE_LOG_LEVEL: 'silent' }));
  await app.listen(0, '127.0.0.1');
  pk = new HttpClient(await app.getUrl()).as(shop.storefront.publishableKey);
});
afterAll(async () => {
  await app.close();
  await proxy.close();
  await shop.testApp.close();
});

test('while the database is away a visit is answered from memory and says that it was not recorded', async () => {
  const visit = () => pk.post('/v1/visits', { merchantCode: ann.code });
  expect((await visit()).body).toMatchObject({ attributed: true, recorded: true });

  proxy.cut();
  const away = await Promise.all(Array.from({ length: 20 }, visit));
  for (const { status, body } of away)
    expect([status, body.attributed, body.merchant.code, body.recorded]).toEqual([201, true, ann.code, false]);
  const answer = await pk.post(`/v1/visits/${away[0]!.body.id}/referrer`, {
    visit: away[0]!.body.visit,
    wechatId: null,
  });
  expect([answer.status, answer.body.code]).toEqual([503, 'service.database-away']);

  proxy.mend();
  let recorded = false;
  for (let i = 0; i < 50 && !recorded; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    recorded = (await visit()).body.recorded;
  }
  expect(recorded).toBe(true);

  // The token of a visit that was never recorded carries the attribution all the same.
  const order = {
    orderId: 'after-the-outage',
    currency: 'CNY',
    lines: [{ sku: 'tea', quantity: 1, unitPrice: 5, lineTotal: 5 }],
  };
  const placed = await shop.sk.post('/v1/orders', { ...order, visit: away[1]!.body.visit });
  expect(placed.body.attribution).toMatchObject({ merchant: ann.id, via: 'code' });
});
