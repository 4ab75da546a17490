import type { INestApplicationContext } from '@nestjs/common';
import { createStaff } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { addMerchant, openShop, orderBody, quoteToken, TEA, type Shop, type TestMerchant } from '../support/shop.js';
import { settled, startTestWorker } from '../support/worker.js';

let shop: Shop;
let worker: INestApplicationContext;
let auditor: HttpClient;
let ann: TestMerchant;
let bob: TestMerchant;

beforeAll(async () => {
  shop = await openShop();
  worker = await startTestWorker(shop.testApp);
  auditor = await createStaff(shop.testApp, shop.admin, ['auditor']);
  const grants = [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }];
  const rule = { scope: {}, posting: 'direct', validFrom: '2020-01-01T00:00:00Z', grants };
  expect((await shop.admin.post('/v1/reward-rules', rule)).status).toBe(201);
  ann = await addMerchant(shop, 'ann_edits');
  bob = await addMerchant(shop, 'bob_edits');
});
afterAll(async () => {
  await settled(shop.testApp);
  const audit = await auditor.get('/v1/finance/audit');
  await worker.close();
  await shop.testApp.close();
  expect(audit.body.items.filter((item: { count: number }) => item.count > 0)).toEqual([]);
});

const line = (sku: string, lineTotal: number) => ({ sku, quantity: 1, unitPrice: lineTotal, lineTotal });
const visitBy = async (merchant: TestMerchant) =>
  (await shop.pk.post('/v1/visits', { merchantCode: merchant.code })).body.visit as string;
const edit = (orderId: string, revision: number, more: object = {}) =>
  shop.sk.put(`/v1/orders/${orderId}`, { currency: 'CNY', lines: [TEA], revision, ...more });
const complete = (orderId: string, amountPaid: number) =>
  shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid });
const refund = (orderId: string, content: object) =>
  shop.sk.post(`/v1/orders/${orderId}/refunds`, { refundId: `${orderId}-r`, ...content });
const view = async (orderId: string) => (await shop.sk.get(`/v1/orders/${orderId}`)).body;
const said = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

/** An order of Ann's, placed with one line of tea of 10.00. */
async function placed(more: Record<string, unknown> = {}) {
  const sent = orderBody({ visit: await visitBy(ann), ...more });
  const { status, body } = await shop.sk.post('/v1/orders', sent);
  expect([status, body.revision]).toEqual([201, 1]);
  return { orderId: sent.orderId, sent };
}

describe('an edit', () => {
  it('replaces all of the content, keeps the merchant, and every revision stays readable', async () => {
    const placedAt = '2026-01-02T03:04:05.000Z';
    const { orderId } = await placed({ shipping: 100, tax: 50, shopperRef: 's1', placedAt, history: true });
    const before = await view(orderId);
    expect([before.revision, before.revisions]).toEqual([1, []]);

    const second = await edit(orderId, 2, { lines: [line('cup', 700), line('pot', 2300)], shipping: 30, tax: 20 });
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ state: 'placed', revision: 2, linesTotal: 3000, total: 3050, placedAt });
    expect(second.body.attribution).toMatchObject({ merchant: ann.id });
    const third = await edit(orderId, 3, { shopperRef: 's3', placedAt: '2026-01-03T00:00:00Z', history: true });
    expect(third.body).toMatchObject({ revision: 3, linesTotal: 1000, shipping: 0, tax: 0 });

    const after = await view(orderId);
    expect(after).toMatchObject({ id: before.id, revision: 3, shopperRef: 's3', placedAt: '2026-01-03T00:00:00.000Z' });
    expect(after.lines).toEqual(before.lines);
    expect(after.attribution).toEqual(before.attribution);
    const replacedAt = expect.stringMatching(/Z$/);
    expect(after.revisions).toEqual([
      {
        revision: 1,
        lines: before.lines,
        linesTotal: 1000,
        shipping: 100,
        tax: 50,
        shopperRef: 's1',
        placedAt,
        replacedAt,
      },
      {
        revision: 2,
        lines: [line('cup', 700), line('pot', 2300)].map((one) => ({ ...one, category: null })),
        linesTotal: 3000,
        shipping: 30,
        tax: 20,
        shopperRef: null,
        placedAt,
        replacedAt,
      },
    ]);
  });

  it('by POST with the revision does the same, and in bulk', async () => {
    const { orderId } = await placed();
    const again = { orderId, currency: 'CNY', lines: [line('cup', 700)] };
    const second = await shop.sk.post('/v1/orders', { ...again, revision: 2 });
    expect([second.status, second.body.revision, second.body.linesTotal]).toEqual([201, 2, 700]);
    expect((await edit(orderId, 2, { lines: again.lines })).body).toEqual(second.body);

    const other = orderBody({ visit: await visitBy(ann) });
    const lines = [
      { order: other },
      { order: { ...again, orderId: other.orderId, revision: 2 } },
      { order: { ...again, orderId: other.orderId, revision: 3, shipping: 5 }, complete: { amountPaid: 705 } },
      { order: { ...again, orderId: other.orderId, revision: 5 } },
      { order: { ...again, revision: 3, tax: 1 } },
    ];
    const ndjson = shop.sk.with({ 'content-type': 'application/x-ndjson' });
    const bulk = await ndjson.post('/v1/orders/bulk', lines.map((one) => JSON.stringify(one)).join('\n'));
    const results = bulk.text
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one) as { status: number; code?: string });
    expect(results.map(({ status, code }) => [status, code])).toEqual([
      [201, undefined],
      [201, undefined],
      [202, undefined],
      [409, 'order.already-completed'],
      [201, undefined],
    ]);
    const [one, two] = [await view(other.orderId), await view(orderId)];
    expect(one.revisions.map(({ revision }: { revision: number }) => revision)).toEqual([1, 2]);
    expect([one.revision, one.state, one.shipping, two.revision, two.tax]).toEqual([3, 'completed', 5, 3, 1]);
    await settled(shop.testApp);
    expect((await view(other.orderId)).rewards.map(({ granted }: { granted: number }) => granted)).toEqual([70]);
  });

  it('earns a reward of the latest revision', async () => {
    const merchant = await addMerchant(shop, 'latest_counts');
    const { orderId } = await placed({ visit: await visitBy(merchant), lines: [line('cup', 50_000)] });
    await edit(orderId, 2, { lines: [line('pot', 20_000), line('cup', 10_000)], shipping: 500 });
    expect(said(await complete(orderId, 50_000))).toEqual([422, 'order.paid-more-than-lines']);
    expect((await complete(orderId, 30_500)).status).toBe(202);
    await settled(shop.testApp);
    const { body } = await auditor.get(`/v1/merchants/${merchant.id}/balances`);
    expect(body.items).toContainEqual(expect.objectContaining({ asset: 'CNY', available: 3_000 }));
    // A refund is of the latest lines as well.
    const lines = [{ sku: 'pot', amount: 20_000 }];
    expect((await refund(orderId, { amount: 20_000, lines })).status).toBe(202);
    await settled(shop.testApp);
    const after = await auditor.get(`/v1/merchants/${merchant.id}/balances`);
    expect(after.body.items).toContainEqual(expect.objectContaining({ asset: 'CNY', available: 1_000 }));
  });
});

describe('telling it twice', () => {
  it('answers the same for the latest and for the placing, also after completion', async () => {
    const { orderId, sent } = await placed();
    const second = await edit(orderId, 2, { tax: 7 });
    for (const again of [await edit(orderId, 2, { tax: 7 }), await edit(orderId, 2, { tax: 7, shipping: null })])
      expect([again.status, again.body]).toEqual([200, second.body]);
    const placing = await shop.sk.post('/v1/orders', sent);
    expect([placing.status, placing.body]).toEqual([201, second.body]);
    await complete(orderId, 1007);
    expect((await edit(orderId, 2, { tax: 7 })).body).toEqual(second.body);
    expect((await shop.sk.post('/v1/orders', { ...sent, revision: 1 })).body).toEqual(second.body);
    expect((await view(orderId)).revision).toBe(2);
  });

  it.each<[string, object]>([
    ['lines', { lines: [{ ...TEA, quantity: 3 }] }],
    ['a category', { lines: [{ ...TEA, category: 'food' }] }],
    ['shipping', { shipping: 1 }],
    ['tax', { tax: 1 }],
    ['shopperRef', { shopperRef: 's2' }],
    ['placedAt', { placedAt: '2026-01-01T00:00:00Z' }],
    ['history', { history: true }],
  ])('is a conflict with other %s, and that is written down', async (_, more) => {
    const { orderId, sent } = await placed();
    await edit(orderId, 2);
    const before = await view(orderId);
    expect(said(await edit(orderId, 2, more))).toEqual([409, 'order.conflict']);
    expect(said(await shop.sk.post('/v1/orders', { ...sent, ...more }))).toEqual([409, 'order.conflict']);
    expect(await view(orderId)).toEqual(before);
    const rows = await shop.db.query('SELECT type, times_seen FROM order_event_conflict WHERE order_id = ?', [orderId]);
    expect(rows).toEqual([
      { type: 'order.placed', times_seen: 1 },
      { type: 'order.placed', times_seen: 1 },
    ]);
  });

  it('at once: the same is done once, and of edits that differ one wins', async () => {
    const { orderId } = await placed();
    const same = await Promise.all(Array.from({ length: 10 }, () => edit(orderId, 2, { tax: 3 })));
    expect(new Set(same.map(({ text }) => text)).size).toBe(1);
    expect(same.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    const others = await Promise.all(Array.from({ length: 10 }, (_, i) => edit(orderId, 3, { tax: i })));
    expect(others.map((one) => said(one).join()).sort()).toEqual([
      '200,',
      ...Array.from({ length: 9 }, () => '409,order.conflict'),
    ]);
    const won = others.find(({ status }) => status === 200)!.body;
    const after = await view(orderId);
    expect([after.revision, after.tax, after.revisions.length]).toEqual([3, won.tax, 2]);
  });

  it('an edit and the completion at once: the reward is of the content that was completed', async () => {
    for (let i = 0; i < 5; i += 1) {
      const { orderId } = await placed();
      const [edited, done] = await Promise.all([
        edit(orderId, 2, { lines: [line('cup', 500)] }),
        complete(orderId, 1000),
      ]);
      expect([
        [
          [200, undefined],
          [422, 'order.paid-more-than-lines'],
        ],
        [
          [409, 'order.already-completed'],
          [202, undefined],
        ],
      ]).toContainEqual([said(edited), said(done)]);
    }
  });

  it('half-way and killed changes nothing', async () => {
    const { orderId } = await placed();
    const before = await view(orderId);
    await shop.db.query('RENAME TABLE order_revision TO order_revision_away');
    const failed = await edit(orderId, 2, { tax: 9 });
    await shop.db.query('RENAME TABLE order_revision_away TO order_revision');
    expect(failed.status).toBe(500);
    expect(await view(orderId)).toEqual(before);
    expect((await edit(orderId, 2, { tax: 9 })).status).toBe(200);
  });
});

describe('what is refused', () => {
  it('every number but the next, naming the latest', async () => {
    const { orderId } = await placed();
    await edit(orderId, 2);
    await edit(orderId, 3, { tax: 1 });
    for (const revision of [2, 5, 9_007_199_254_740_991]) {
      const answer = await edit(orderId, revision);
      expect(said(answer)).toEqual([409, 'order.wrong-revision']);
      expect(answer.body.detail).toContain('latest revision is 3');
    }
    for (const revision of [1, 0, -1, 1.5, '2', null]) {
      const answer = await edit(orderId, revision as number);
      expect([...said(answer), answer.body.errors[0].pointer]).toEqual([422, 'request.invalid', '/revision']);
    }
    expect((await view(orderId)).revision).toBe(3);
  });

  it('an edit of a complete or cancelled order, or of none', async () => {
    const done = await placed();
    await complete(done.orderId, 1000);
    expect(said(await edit(done.orderId, 2))).toEqual([409, 'order.already-completed']);
    const gone = await placed();
    await shop.sk.post(`/v1/orders/${gone.orderId}/cancel`);
    expect(said(await edit(gone.orderId, 2))).toEqual([409, 'order.wrong-state']);
    for (const { orderId } of [done, gone]) expect((await view(orderId)).revisions).toEqual([]);
    expect(said(await edit('no-such-order', 2))).toEqual([404, 'order.not-found']);
    expect(said(await shop.sk.post('/v1/orders', orderBody({ revision: 2 })))).toEqual([404, 'order.not-found']);
    const foreign = await shop.other.sk.put(`/v1/orders/${done.orderId}`, {
      currency: 'CNY',
      lines: [TEA],
      revision: 2,
    });
    expect(said(foreign)).toEqual([404, 'order.not-found']);
  });

  it('another merchant or visit; the same may be named again', async () => {
    const visit = await visitBy(ann);
    const { orderId } = await placed({ visit });
    for (const other of [await visitBy(bob), await visitBy(ann), (await shop.pk.post('/v1/visits', {})).body.visit])
      for (const token of [{ visit: other }, { quote: quoteToken(shop, other) }])
        expect(said(await edit(orderId, 2, token))).toEqual([409, 'order.attribution-fixed']);
    expect(said(await edit(orderId, 2, { visit: 'forged' }))[0]).toBe(422);
    expect((await edit(orderId, 2, { visit })).body.attribution.merchant).toBe(ann.id);
    const nobody = await placed({ visit: undefined });
    expect(said(await edit(nobody.orderId, 2, { visit }))).toEqual([409, 'order.attribution-fixed']);
    expect((await edit(nobody.orderId, 2)).body.attribution).toBeNull();
  });

  it('lines that are not those of the quote', async () => {
    const visit = await visitBy(ann);
    const { orderId } = await placed({ visit });
    const cheaper = { ...TEA, unitPrice: 400, lineTotal: 800 };
    const quote = quoteToken(shop, visit, [cheaper]);
    expect(said(await edit(orderId, 2, { quote }))).toEqual([409, 'order.quote-mismatch']);
    const answer = await edit(orderId, 2, { quote, lines: [cheaper] });
    expect([answer.status, answer.body.linesTotal]).toEqual([200, 800]);
  });

  it('a placing before the visit, unless it is history, or after a refund', async () => {
    const past = '2026-01-01T00:00:00Z';
    const { orderId } = await placed();
    expect(said(await edit(orderId, 2, { placedAt: past }))).toEqual([422, 'order.impossible-moment']);
    expect((await edit(orderId, 2, { placedAt: past, history: true })).status).toBe(200);
    expect((await refund(orderId, { amount: 1, refundedAt: '2026-01-02T00:00:00Z' })).status).toBe(202);
    const late = await edit(orderId, 3, { placedAt: '2026-01-03T00:00:00Z', history: true });
    expect([...said(late), late.body.errors[0].pointer]).toEqual([422, 'order.impossible-moment', '/placedAt']);
    expect((await view(orderId)).revision).toBe(2);
    expect((await edit(orderId, 3, { tax: 1 })).body.placedAt).toBe('2026-01-01T00:00:00.000Z');
  });

  it('content that a placing could not have', async () => {
    const { orderId } = await placed();
    expect(said(await edit(orderId, 2, { currency: 'USD' }))).toEqual([422, 'order.wrong-currency']);
    const late = new Date(Date.now() + 3_600_000).toISOString();
    for (const more of [
      { lines: [] },
      { tax: -1 },
      { orderId: 'x' },
      { placedAt: late },
      { lines: [{ ...TEA, lineTotal: 1002 }] },
    ])
      expect(said(await edit(orderId, 2, more))).toEqual([422, 'request.invalid']);
    const body = { currency: 'CNY', lines: [TEA], revision: 2 };
    expect((await shop.pk.put(`/v1/orders/${orderId}`, body)).status).toBe(403);
    expect((await shop.admin.put(`/v1/orders/${orderId}`, body)).status).toBe(403);
    expect((await view(orderId)).revision).toBe(1);
  });

  it.each<[string, object, object, string]>([
    ['all of it', { amount: 900 }, { lines: [line('tea', 899)] }, 'refund.more-than-paid'],
    [
      'a line',
      { amount: 600, lines: [{ sku: 'tea', amount: 600 }] },
      { lines: [line('tea', 599), line('cup', 999)] },
      'refund.more-than-left',
    ],
    [
      'a product that goes',
      { amount: 1, lines: [{ sku: 'tea', amount: 1 }] },
      { lines: [line('cup', 999)] },
      'refund.more-than-left',
    ],
    ['shipping', { amount: 60, shipping: 60 }, { shipping: 59 }, 'refund.more-than-left'],
    ['tax', { amount: 30, tax: 30 }, { shipping: 60 }, 'refund.more-than-left'],
  ])('less of %s than was refunded already', async (_, refunded, more, code) => {
    const { orderId } = await placed({ shipping: 60, tax: 30 });
    expect((await refund(orderId, refunded)).status).toBe(202);
    expect(said(await edit(orderId, 2, more))).toEqual([409, code]);
    expect((await view(orderId)).revision).toBe(1);
    expect((await edit(orderId, 2, { shipping: 60, tax: 30, lines: [line('tea', 900)] })).status).toBe(200);
    expect((await complete(orderId, 990)).status).toBe(202);
  });
});
