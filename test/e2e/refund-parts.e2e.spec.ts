import type { INestApplicationContext } from '@nestjs/common';
import { createStaff } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { addMerchant, openShop, orderBody, type Shop, type TestMerchant } from '../support/shop.js';
import { settled, startTestWorker } from '../support/worker.js';

let shop: Shop;
let worker: INestApplicationContext;
let auditor: HttpClient;

beforeAll(async () => {
  shop = await openShop();
  worker = await startTestWorker(shop.testApp);
  auditor = await createStaff(shop.testApp, shop.admin, ['auditor']);
  const grants = [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }];
  const rule = { scope: {}, posting: 'direct', validFrom: '2020-01-01T00:00:00Z', grants };
  expect((await shop.admin.post('/v1/reward-rules', rule)).status).toBe(201);
});
afterAll(async () => {
  const audit = await auditor.get('/v1/finance/audit');
  await worker.close();
  await shop.testApp.close();
  expect(audit.body.items.filter((item: { count: number }) => item.count > 0)).toEqual([]);
});

const line = (sku: string, lineTotal: number) => ({ sku, quantity: 1, unitPrice: lineTotal, lineTotal });

let merchants = 0;

/** An order of a new merchant, complete when it says what was paid. */
async function bought(order: Record<string, unknown>, amountPaid?: number) {
  merchants += 1;
  const merchant = await addMerchant(shop, `refund_parts_${merchants}`);
  const { body: visit } = await shop.pk.post('/v1/visits', { merchantCode: merchant.code });
  const body = orderBody({ visit: visit.visit, ...order });
  const placed = await shop.sk.post('/v1/orders', body);
  if (placed.status !== 201) throw new Error(placed.text);
  if (amountPaid !== undefined) {
    const done = await shop.sk.post(`/v1/orders/${body.orderId}/complete`, { amountPaid });
    if (done.status !== 202) throw new Error(done.text);
  }
  return { merchant, orderId: body.orderId };
}

const refund = (orderId: string, id: string, content: Record<string, unknown>) =>
  shop.sk.post(`/v1/orders/${orderId}/refunds`, { refundId: `${orderId}-${id}`, ...content });

async function available(merchant: TestMerchant): Promise<number> {
  await settled(shop.testApp);
  const { body } = await auditor.get(`/v1/merchants/${merchant.id}/balances`);
  return body.items.find(({ asset }: { asset: string }) => asset === 'CNY').available;
}

const view = async (orderId: string) => (await shop.sk.get(`/v1/orders/${orderId}`)).body;

describe('a refund that says what it is about', () => {
  const twoLines = { lines: [line('a', 10_000), line('b', 10_000)], tax: 2_600 };
  const shipped = { lines: [line('a', 10_000)], shipping: 2_000 };
  const ofA = (amount: number) => [{ sku: 'a', amount }];

  it.each([
    ['a line with its VAT', twoLines, 22_600, { amount: 11_300, lines: ofA(10_000) }, 1_000],
    ['a line with its VAT, said', twoLines, 22_600, { amount: 11_300, lines: ofA(10_000), tax: 1_300 }, 1_000],
    ['half a line and all shipping', shipped, 12_000, { amount: 7_000, lines: ofA(5_000) }, 500],
    ['shipping alone', shipped, 12_000, { amount: 2_000, shipping: 2_000 }, 1_000],
    ['VAT alone', twoLines, 22_600, { amount: 2_600, tax: 2_600 }, 2_000],
    ['nothing in particular: the documented proportion', shipped, 12_000, { amount: 6_000 }, 500],
  ])('%s', async (_case, order, paid, content, left) => {
    for (const before of [false, true]) {
      const { merchant, orderId } = await bought(order, before ? undefined : paid);
      for (const times of [1, 2]) {
        const answer = await refund(orderId, 'r', content);
        expect([times, answer.status]).toEqual([times, 202]);
      }
      if (before) await shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: paid });
      expect(await available(merchant)).toBe(left);
      const { lines = null, ...rest } = content as { lines?: unknown };
      expect((await view(orderId)).refunds).toMatchObject([{ shipping: null, tax: null, lines, ...rest }]);
    }
  });

  it('in parts that make up the whole gives back exactly what was granted, in whatever order they are told', async () => {
    const parts = [
      { amount: 2_600, tax: 2_600 },
      { amount: 3_333, lines: ofA(3_333) },
      { amount: 10_000, lines: [{ sku: 'b', amount: 10_000 }] },
      { amount: 6_667 },
    ];
    for (const order of [parts, [...parts].reverse()]) {
      const { merchant, orderId } = await bought(twoLines, 22_600);
      for (const [index, part] of order.entries()) expect((await refund(orderId, `${index}`, part)).status).toBe(202);
      expect(await available(merchant)).toBe(0);
      expect((await view(orderId)).rewards[0]).toMatchObject({ granted: 2_000, clawedBack: 2_000 });
    }
  });

  it('names no more than is left of a line, of shipping and of tax, over all refunds', async () => {
    const { merchant, orderId } = await bought({ ...twoLines, shipping: 2_000 }, 24_600);
    expect((await refund(orderId, '1', { amount: 6_000, lines: ofA(6_000) })).status).toBe(202);
    for (const [id, content] of Object.entries({
      line: { amount: 4_001, lines: ofA(4_001) },
      twice: { amount: 4_001, lines: [...ofA(2_000), ...ofA(2_001)] },
      shipping: { amount: 2_001, shipping: 2_001 },
      tax: { amount: 2_601, tax: 2_601 },
    }))
      expect([id, (await refund(orderId, id, content)).body.code]).toEqual([id, 'refund.more-than-left']);
    expect(await available(merchant)).toBe(1_400);
    const rest = { amount: 8_600, lines: ofA(4_000), shipping: 2_000, tax: 2_600 };
    expect((await refund(orderId, '2', rest)).status).toBe(202);
    expect(await available(merchant)).toBe(1_000);
    expect((await refund(orderId, '3', { amount: 1, shipping: 1 })).body.code).toBe('refund.more-than-left');
  });

  it('at once, names no more than is left', async () => {
    const { merchant, orderId } = await bought(twoLines, 22_600);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => refund(orderId, `${index}`, { amount: 3_000, lines: ofA(3_000) })),
    );
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(3);
    expect(await available(merchant)).toBe(1_100);
  });

  it('is refused when it adds up to more than its amount, or below nothing', async () => {
    const { orderId } = await bought(shipped, 12_000);
    for (const content of [
      { amount: 100, lines: ofA(50), shipping: 51 },
      { amount: 100, shipping: 60, tax: 41 },
      { amount: 100, shipping: -1 },
      { amount: 100, tax: 0.5 },
    ]) {
      const answer = await refund(orderId, 'bad', content);
      expect([content, answer.status, answer.body.code]).toEqual([content, 422, 'request.invalid']);
    }
  });
});

describe('what is told again with other content is a conflict, whichever field differs', () => {
  it('of a refund', async () => {
    const { orderId } = await bought(
      { lines: [line('a', 10_000), line('b', 10_000)], shipping: 900, tax: 900 },
      21_800,
    );
    const known = {
      amount: 1_000,
      lines: [{ sku: 'a', amount: 100 }],
      shipping: 10,
      tax: 20,
      refundedAt: new Date().toISOString(),
    };
    expect((await refund(orderId, 'x', known)).status).toBe(202);
    expect((await refund(orderId, 'x', known)).status).toBe(202);
    const others: Record<string, unknown>[] = [
      { amount: 1_001 },
      { lines: [{ sku: 'a', amount: 101 }] },
      { lines: [{ sku: 'b', amount: 100 }] },
      { lines: null },
      { shipping: 11 },
      { shipping: null },
      { tax: 21 },
      { tax: null },
      { refundedAt: new Date(Date.parse(known.refundedAt) + 1).toISOString() },
      { refundedAt: null },
    ];
    for (const other of others) {
      const answer = await refund(orderId, 'x', { ...known, ...other });
      expect([other, answer.status, answer.body.code]).toEqual([other, 409, 'refund.conflict']);
    }
    const elsewhere = await bought({ lines: [line('a', 10_000)] }, 10_000);
    const moved = await shop.sk.post(`/v1/orders/${elsewhere.orderId}/refunds`, {
      refundId: `${orderId}-x`,
      amount: 1_000,
    });
    expect(moved.body.code).toBe('refund.conflict');
  });

  it('but a refund id belongs to its storefront: another storefront may have the same', async () => {
    const { orderId } = await bought({ lines: [line('a', 10_000)] }, 10_000);
    const other = orderBody({ orderId, lines: [line('a', 5_000)] });
    expect((await shop.other.sk.post('/v1/orders', other)).status).toBe(201);
    expect((await shop.other.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 5_000 })).status).toBe(202);
    expect((await shop.sk.post(`/v1/orders/${orderId}/refunds`, { refundId: 'same', amount: 10 })).status).toBe(202);
    const theirs = await shop.other.sk.post(`/v1/orders/${orderId}/refunds`, { refundId: 'same', amount: 20 });
    expect(theirs.status).toBe(202);
    expect((await view(orderId)).refunds).toMatchObject([{ refundId: 'same', amount: 10 }]);
    expect((await shop.other.sk.get(`/v1/orders/${orderId}`)).body.refunds).toMatchObject([{ amount: 20 }]);
  });
});

describe('what was really paid', () => {
  it('may be less than shipping and tax, where a gift card paid the rest: nothing is rewarded, and the order says why', async () => {
    const { merchant, orderId } = await bought({ lines: [line('a', 10_000)], shipping: 800, tax: 200 }, 999);
    expect(await available(merchant)).toBe(0);
    const { events, rewards } = await view(orderId);
    expect([events[0].outcome, rewards]).toEqual(['nothing', []]);
    expect(events[0].reason).toBe(
      'What was paid does not even cover shipping and tax: nothing was paid for merchandise.',
    );
    expect((await refund(orderId, 'all', { amount: 999 })).status).toBe(202);
    expect((await refund(orderId, 'more', { amount: 1 })).body.code).toBe('refund.more-than-paid');
    expect(await available(merchant)).toBe(0);
    const { merchant: none, orderId: free } = await bought({ lines: [line('a', 10_000)], shipping: 800 }, 0);
    expect([await available(none), (await view(free)).events[0].outcome]).toEqual([0, 'nothing']);
  });

  it('is "3 for 100.00": a line may come to more than its unit price times the pieces, by less than a minor unit a piece', async () => {
    const three = (lineTotal: number) => ({ sku: 'a', quantity: 3, unitPrice: 3_333, lineTotal });
    const { merchant } = await bought({ lines: [three(10_000)] }, 10_000);
    expect(await available(merchant)).toBe(1_000);
    expect(await available((await bought({ lines: [three(10_001)] }, 10_001)).merchant)).toBe(1_000);
    for (const wrong of [three(10_002), { ...three(3_334), quantity: 1 }]) {
      const { status, body } = await shop.sk.post('/v1/orders', orderBody({ lines: [wrong] }));
      expect([status, body.errors]).toEqual([
        422,
        [{ pointer: '/lines/0/lineTotal', detail: 'is more than unitPrice × quantity' }],
      ]);
    }
  });
});
