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
    dismissal: null,
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

describe('a parked event that can never be posted', () => {
  const ask = (by: HttpClient, id: string, reason: unknown = 'A test order of the shop.') =>
    by.post(`/v1/order-events/${id}/dismissal`, { reason });
  const decide = (by: HttpClient, id: string, what: 'approve' | 'reject') =>
    by.post(`/v1/order-events/${id}/dismissal/${what}`);
  const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const money = () => shop.db.query('SELECT * FROM entry ORDER BY 1, 2, 3');

  /** A completion and a refund that came first, of which the completion is parked. */
  async function parkedOrder(wechatId: string) {
    const merchant = await addMerchant(shop, wechatId);
    const { body: visit } = await shop.pk.post('/v1/visits', { merchantCode: merchant.code });
    const order = orderBody({ visit: visit.visit });
    await worker?.close();
    worker = undefined;
    await shop.sk.post('/v1/orders', order);
    await shop.sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid: TEA.lineTotal });
    const [{ id }] = await shop.db.query(
      'SELECT e.id FROM order_event e JOIN shop_order o ON o.id = e.order_pk WHERE o.order_id = ?',
      [order.orderId],
    );
    await shop.db.query("UPDATE order_event SET state = 'parked', error = 'It does not add up.' WHERE id = ?", [id]);
    worker = await startTestWorker(shop.testApp, { YINKE_SWEEP_SECONDS: '1' });
    return { id: id as string, orderId: order.orderId };
  }

  it('is dismissed when one person asks and another agrees; no money moves, and the audit log has both', async () => {
    const { id, orderId } = await parkedOrder('dismissed_01');
    const both = await createStaff(shop.testApp, shop.admin, ['finance-maker', 'finance-checker']);
    const before = await money();
    for (const other of [checker, shop.admin, shop.sk]) expect((await ask(other, id)).status).toBe(403);
    expect((await ask(both, id, '')).status).toBe(422);
    expect(codeOf(await decide(checker, id, 'approve'))).toEqual([409, 'order-event.no-dismissal']);
    expect((await ask(both, id)).body.dismissal).toMatchObject({
      state: 'awaiting-approval',
      reason: 'A test order of the shop.',
      decidedBy: null,
    });
    expect(codeOf(await ask(maker, id))).toEqual([409, 'order-event.dismissal-waiting']);
    expect(codeOf(await decide(both, id, 'approve'))).toEqual([409, 'order-event.same-person']);
    expect((await decide(maker, id, 'approve')).status).toBe(403);
    const work = async (client: HttpClient) =>
      (await client.get('/v1/work')).body.items.find(({ kind }: any) => kind === 'dismissals-to-approve').count;
    expect([await work(checker), await work(both)]).toEqual([1, 0]);

    const answers = await Promise.all([1, 2, 3].map(() => decide(checker, id, 'approve')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(codeOf(answers.find(({ status }) => status === 409)!)).toEqual([409, 'order-event.not-parked']);
    const { items } = (await checker.get('/v1/order-events?state=dismissed')).body;
    expect(items).toMatchObject([{ id, dismissal: { state: 'approved', decidedBy: expect.stringMatching(/^stf_/) } }]);
    expect(codeOf(await maker.post(`/v1/order-events/${id}/requeue`))).toEqual([409, 'order-event.not-parked']);

    // What comes later about the order finds nothing to take back.
    const refund = await shop.sk.post(`/v1/orders/${orderId}/refunds`, { refundId: 'late', amount: 100 });
    expect(refund.status).toBeLessThan(300);
    await settled(shop.testApp);
    const events = await shop.db.query(
      'SELECT e.state, e.outcome FROM order_event e JOIN shop_order o ON o.id = e.order_pk WHERE o.order_id = ? ORDER BY e.id',
      [orderId],
    );
    expect(events).toEqual([
      { state: 'dismissed', outcome: null },
      { state: 'posted', outcome: 'nothing' },
    ]);
    expect(await money()).toEqual(before);
    const { items: said } = (await shop.admin.get(`/v1/audit-log?subject=${id}`)).body;
    expect(said.map(({ action, before, after }: any) => ({ action, before, after }))).toEqual([
      {
        action: 'order-event.dismissed',
        before: { state: 'parked', dismissal: 'awaiting-approval' },
        after: { state: 'dismissed', dismissal: 'approved' },
      },
      {
        action: 'order-event.dismissal-asked',
        before: { dismissal: null },
        after: { dismissal: 'awaiting-approval' },
      },
    ]);
  });

  it('stays parked when the other person does not agree, and can be tried again while somebody asks', async () => {
    const { id } = await parkedOrder('dismissed_02');
    await ask(maker, id);
    expect((await decide(checker, id, 'reject')).body).toMatchObject({
      state: 'parked',
      dismissal: { state: 'rejected' },
    });
    expect((await ask(maker, id, 'Once more.')).body.dismissal).toMatchObject({
      reason: 'Once more.',
      decidedBy: null,
    });
    expect((await maker.post(`/v1/order-events/${id}/requeue`)).body).toMatchObject({
      state: 'waiting',
      dismissal: { state: 'withdrawn' },
    });
    await settled(shop.testApp);
    expect(codeOf(await decide(checker, id, 'approve'))).toEqual([409, 'order-event.not-parked']);
  });

  it('lets refunds go that waited for it', async () => {
    const { id, orderId } = await parkedOrder('dismissed_03');
    await shop.sk.post(`/v1/orders/${orderId}/refunds`, { refundId: 'early', amount: 100 });
    await settled(shop.testApp);
    const refund = () =>
      shop.db.query(
        `SELECT e.state FROM order_event e JOIN shop_order o ON o.id = e.order_pk
          WHERE o.order_id = ? AND e.type = 'order.refunded'`,
        [orderId],
      );
    expect(await refund()).toEqual([{ state: 'kept' }]);
    await ask(maker, id);
    await decide(checker, id, 'approve');
    await settled(shop.testApp);
    expect(await refund()).toEqual([{ state: 'posted' }]);
  });
});
