import { addMerchant, openShop, orderBody, quoteToken, type Shop, type TestMerchant } from '../support/shop.js';

let shop: Shop;
let ann: TestMerchant;
let bob: TestMerchant;

beforeAll(async () => {
  shop = await openShop();
  ann = await addMerchant(shop, 'ann_tea');
  bob = await addMerchant(shop, 'bob-shop');
});
afterAll(() => shop.testApp.close());

const visitOf = async (at: Shop['pk'], merchant: TestMerchant) =>
  (await at.post('/v1/visits', { merchantCode: merchant.code })).body.visit as string;

describe('two storefronts that use the same ids', () => {
  it('each have their own order, completion and refund of that id, whoever comes first', async () => {
    const body = orderBody();
    const [own, other] = [
      await shop.sk.post('/v1/orders', { ...body, visit: await visitOf(shop.pk, ann) }),
      await shop.other.sk.post('/v1/orders', { ...body, visit: await visitOf(shop.other.pk, bob) }),
    ];
    expect([own.status, other.status]).toEqual([201, 201]);
    expect(other.body.id).not.toBe(own.body.id);
    expect([own, other].map((placed) => placed.body.attribution.merchant)).toEqual([ann.id, bob.id]);

    const path = `/v1/orders/${body.orderId}`;
    expect((await shop.sk.post(`${path}/complete`, { amountPaid: 1000 })).status).toBe(202);
    const untouched = (await shop.other.sk.get(path)).body;
    expect([untouched.state, untouched.events]).toEqual(['placed', []]);
    expect((await shop.other.sk.post(`${path}/complete`, { amountPaid: 700 })).body.amountPaid).toBe(700);

    // One after the other: at the same time neither would see the other's.
    const refunds = [
      await shop.sk.post(`${path}/refunds`, { refundId: 'R-1', amount: 100 }),
      await shop.other.sk.post(`${path}/refunds`, { refundId: 'R-1', amount: 250 }),
    ];
    expect(refunds.map(({ status, body: { amount } }) => [status, amount])).toEqual([
      [202, 100],
      [202, 250],
    ]);
    for (const [at, amount] of [
      [shop.sk, 100],
      [shop.other.sk, 250],
    ] as const) {
      const seen = (await at.get(path)).body;
      expect(
        seen.refunds.map((refund: { refundId: string; amount: number }) => [refund.refundId, refund.amount]),
      ).toEqual([['R-1', amount]]);
    }
  });

  it('take no quote of the other’s, and each conflict is written down at the storefront whose order it is', async () => {
    const visit = await visitOf(shop.pk, ann);
    const body = orderBody({ quote: quoteToken(shop, visit) });
    const refused = await shop.other.sk.post('/v1/orders', body);
    expect([refused.status, refused.body.code]).toEqual([422, 'token.invalid']);
    expect((await shop.sk.post('/v1/orders', body)).status).toBe(201);

    const { orderId } = body;
    expect((await shop.other.sk.post('/v1/orders', { ...body, quote: null })).status).toBe(201);
    expect((await shop.other.sk.post('/v1/orders', { ...body, quote: null, tax: 1 })).body.code).toBe('order.conflict');
    const rows = await shop.db.query('SELECT storefront_id FROM order_event_conflict WHERE order_id = ?', [orderId]);
    expect(rows).toEqual([{ storefront_id: shop.other.id }]);
  });

  it('never see each other’s answer to one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'one-key-of-two-shops' };
    const body = { merchantCode: ann.code };
    const own = await shop.sk.with(headers).post('/v1/visits', body);
    const other = await shop.other.sk.with(headers).post('/v1/visits', body);
    expect(other.headers.get('idempotency-replayed')).toBeNull();
    expect(other.body.id).not.toBe(own.body.id);
    expect((await shop.sk.with(headers).post('/v1/visits', body)).body).toEqual(own.body);
  });

  it('take an answer for their own visits alone, and it counts for no other visit', async () => {
    const [own, other] = [
      (await shop.pk.post('/v1/visits', {})).body,
      (await shop.other.pk.post('/v1/visits', {})).body,
    ];
    const crossed = await shop.pk.post(`/v1/visits/${other.id}/referrer`, { visit: own.visit, wechatId: 'ann_tea' });
    expect([crossed.status, crossed.body.code]).toEqual([404, 'visit.not-found']);
    const rows = await shop.db.query('SELECT answers FROM visit WHERE id IN (?)', [[own.id, other.id]]);
    expect(rows.map(({ answers }: { answers: number }) => answers)).toEqual([0, 0]);
  });
});
