import type { INestApplicationContext } from '@nestjs/common';
import { createStaff } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { addMerchant, openShop, orderBody, TEA, type Shop } from '../support/shop.js';
import { settled, startTestWorker } from '../support/worker.js';

let shop: Shop;
let worker: INestApplicationContext | undefined;
let maker: HttpClient;
let checker: HttpClient;

beforeAll(async () => {
  shop = await openShop();
  maker = await createStaff(shop.testApp, shop.admin, ['finance-maker']);
  checker = await createStaff(shop.testApp, shop.admin, ['finance-checker']);
});
afterAll(async () => {
  await worker?.close();
  await shop.testApp.close();
});

it('an event that was set aside is listed with its error, and is posted once when somebody requeues it', async () => {
  const merchant = await addMerchant(shop, 'parked_01');
  await shop.admin.post('/v1/reward-rules', {
    scope: { merchant: merchant.id },
    posting: 'direct',
    validFrom: '2020-01-01T00:00:00Z',
    grants: [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }],
  });
  const { body: visit } = await shop.pk.post('/v1/visits', { merchantCode: merchant.code });
  const order = orderBody({ visit: visit.visit });
  await shop.sk.post('/v1/orders', order);
  await shop.sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid: TEA.lineTotal });
  const [event] = await shop.db.query("SELECT id FROM order_event WHERE state = 'waiting'");
  await shop.db.query(
    `INSERT INTO journal (id, business_key, kind, description, cause_type, cause_id, occurred_at)
     VALUES ('jnl_squatter', ?, 'reward', 'In the way.', 'x', 'x', NOW(6))`,
    [`order.completed:${event.id}`],
  );
  const metric = async (name: string) => {
    const { text } = await shop.testApp.http.get('/metrics');
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`yinke_order_events${name} `))
        ?.split(' ')[1],
    );
  };
  await shop.db.query('UPDATE order_event SET created_at = created_at - INTERVAL 90 SECOND WHERE id = ?', [event.id]);
  expect(await metric('_oldest_unposted_seconds')).toBeGreaterThanOrEqual(90);
  expect(await metric('_oldest_unposted_seconds')).toBeLessThan(150);
  expect(await metric('{state="parked"}')).toBe(0);
  worker = await startTestWorker(shop.testApp, { YINKE_SWEEP_SECONDS: '1' });
  await settled(shop.testApp);
  expect([await metric('_oldest_unposted_seconds'), await metric('{state="parked"}')]).toEqual([0, 1]);

  const parked = async () => (await checker.get('/v1/order-events?state=parked')).body.items;
  const [listed] = await parked();
  expect(listed).toEqual({
    id: event.id,
    type: 'order.completed',
    state: 'parked',
    orderId: order.orderId,
    storefront: shop.storefront.id,
    refundId: null,
    error: expect.stringContaining('Duplicate entry'),
    attempts: 1,
    recordedAt: expect.any(String),
  });
  const requeue = (by: HttpClient, id: string = event.id) => by.post(`/v1/order-events/${id}/requeue`);
  for (const other of [checker, shop.sk, shop.pk]) expect((await requeue(other)).status).toBe(403);
  expect((await requeue(maker)).body).toMatchObject({ state: 'waiting' });
  await settled(shop.testApp);
  expect(await parked()).toMatchObject([{ id: event.id, attempts: 2 }]);

  await shop.db.query("DELETE FROM journal WHERE id = 'jnl_squatter'");
  const answers = await Promise.all([1, 2, 3, 4].map(() => requeue(shop.admin)));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
  await settled(shop.testApp);
  expect(await parked()).toEqual([]);
  expect((await requeue(maker)).body.code).toBe('order-event.not-parked');
  expect((await requeue(maker, 'evt_unknown')).body.code).toBe('order-event.not-found');
  const { body } = await checker.get(`/v1/merchants/${merchant.id}/balances`);
  expect(body.items).toMatchObject([
    { asset: 'CNY', available: 100 },
    { asset: 'POINTS', available: 0 },
  ]);
  expect((await checker.get('/v1/order-events?state=posted')).status).toBe(422);
});
