import { addMerchant, openShop, orderBody, type Shop } from '../support/shop.js';

/** Moments that a storefront tells are held against each other; its clock may differ by a minute here. */

const SKEW_SECONDS = 60;
let shop: Shop;
let visit: string;
let visitedAt: number;

beforeAll(async () => {
  shop = await openShop({ YINKE_CLOCK_SKEW_SECONDS: String(SKEW_SECONDS) });
  const merchant = await addMerchant(shop, 'moments');
  const { body } = await shop.pk.post('/v1/visits', { merchantCode: merchant.code });
  visit = body.visit;
  visitedAt = Date.now();
});
afterAll(() => shop.testApp.close());

const at = (from: number, seconds: number) => new Date(from + seconds * 1000).toISOString();
const post = (path: string, body: unknown) => shop.sk.post(`/v1/orders${path}`, body);

async function placed(placedAt: string): Promise<string> {
  const body = orderBody({ placedAt, history: true });
  expect((await post('', body)).status).toBe(201);
  return body.orderId;
}

const impossible = (pointer: string) => ({
  status: 422,
  body: { code: 'order.impossible-moment', errors: [{ pointer, detail: expect.stringContaining('is before ') }] },
});

describe('a moment that cannot be', () => {
  it('is an order placed before the visit that brought the shopper, unless it is said to be history', async () => {
    const early = { visit, placedAt: at(visitedAt, -SKEW_SECONDS - 30) };
    const refused = await post('', orderBody(early));
    expect(refused).toMatchObject(impossible('/placedAt'));
    expect(refused.body.errors[0].detail).toContain('the visit that brought the shopper');
    expect((await post('', orderBody({ visit, placedAt: at(visitedAt, -SKEW_SECONDS + 30) }))).status).toBe(201);
    const imported = await post('', orderBody({ ...early, history: true }));
    expect(imported).toMatchObject({ status: 201, body: { attributed: true, placedAt: early.placedAt } });
    expect((await post('', orderBody({ placedAt: '2020-01-01T00:00:00Z' }))).status).toBe(201);
  });

  it('is a completion before the order was placed', async () => {
    const placedAt = Date.now() - 3_600_000;
    const orderId = await placed(at(placedAt, 0));
    const complete = (completedAt: string) => post(`/${orderId}/complete`, { amountPaid: 1000, completedAt });
    expect(await complete(at(placedAt, -SKEW_SECONDS - 1))).toMatchObject(impossible('/completedAt'));
    expect((await complete(at(placedAt, -SKEW_SECONDS))).status).toBe(202);
    expect((await complete(at(placedAt, -SKEW_SECONDS))).status).toBe(202);
  });

  it('is a refund before the order was placed, complete or not', async () => {
    const placedAt = Date.now() - 3_600_000;
    for (const complete of [false, true]) {
      const orderId = await placed(at(placedAt, 0));
      if (complete) await post(`/${orderId}/complete`, { amountPaid: 1000 });
      const refund = (id: string, refundedAt: string) =>
        post(`/${orderId}/refunds`, { refundId: `${orderId}-${id}`, amount: 1, refundedAt });
      expect(await refund('a', at(placedAt, -SKEW_SECONDS - 1))).toMatchObject(impossible('/refundedAt'));
      expect((await refund('b', at(placedAt, -SKEW_SECONDS))).status).toBe(202);
    }
  });

  it('is one yet to come, by more than clocks differ', async () => {
    const orderId = await placed(at(Date.now(), -10));
    const later = at(Date.now(), SKEW_SECONDS + 30);
    const soon = at(Date.now(), SKEW_SECONDS - 30);
    for (const [path, body] of [
      ['', orderBody({ placedAt: later })],
      ['', orderBody({ placedAt: later, history: true })],
      [`/${orderId}/complete`, { amountPaid: 1000, completedAt: later }],
      [`/${orderId}/refunds`, { refundId: 'later', amount: 1, refundedAt: later }],
    ] as const)
      expect(await post(path, body)).toMatchObject({ status: 422, body: { code: 'request.invalid' } });
    expect((await post(`/${orderId}/complete`, { amountPaid: 1000, completedAt: soon })).status).toBe(202);
  });

  it('fails alone in a bulk import, which says of each order whether it is history', async () => {
    const past = (more: Record<string, unknown>) => ({
      order: orderBody({ visit, placedAt: '2026-01-01T00:00:00Z', ...more }),
      complete: { amountPaid: 1000, completedAt: '2026-01-03T00:00:00Z' },
      refunds: [],
    });
    const wrong = { ...past({ history: true }), complete: { amountPaid: 1000, completedAt: '2025-12-31T00:00:00Z' } };
    const lines = [past({ history: true }), past({}), wrong].map((line) => JSON.stringify(line)).join('\n');
    const { text } = await shop.sk.with({ 'content-type': 'application/x-ndjson' }).post('/v1/orders/bulk', lines);
    const results = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results.map(({ code }) => code ?? null)).toEqual([
      null,
      'order.impossible-moment',
      'order.impossible-moment',
    ]);
  });
});
