import { visitSigner } from '../../src/detection/visits/visit-tokens.js';
import { OrderReader } from '../../src/detection/orders/order-reader.js';
import {
  addMerchant,
  dump,
  openShop,
  orderBody,
  quoteToken,
  setMerchantState,
  TEA,
  type Shop,
  type TestMerchant,
} from '../support/shop.js';
import { claimsOf } from '../support/claims.js';
import { testConfig } from '../support/test-config.js';

let shop: Shop;
let ann: TestMerchant;
let bob: TestMerchant;

beforeAll(async () => {
  shop = await openShop();
  ann = await addMerchant(shop, 'ann_tea', 'gold');
  bob = await addMerchant(shop, 'bob_shop');
});
afterAll(() => shop.testApp.close());

const visitBy = async (merchant: TestMerchant) =>
  (await shop.pk.post('/v1/visits', { merchantCode: merchant.code })).body.visit as string;
const place = async (more: object = {}) => {
  const body = orderBody(more as Record<string, unknown>);
  const answer = await shop.sk.post('/v1/orders', body);
  return { ...answer, orderId: body.orderId, sent: body };
};
const view = async (orderId: string) =>
  (await shop.testApp.app.get(OrderReader).findByOrderId(orderId, shop.storefront.id))[0]!;
const conflicts = (orderId: string) =>
  shop.db.query('SELECT type, refund_id, times_seen, key_id FROM order_event_conflict WHERE order_id = ?', [orderId]);

describe('claim 1: an order belongs to the merchant who brought the shopper', () => {
  it('from placing on, and completion writes one event for the money', async () => {
    const placed = await place({ visit: await visitBy(ann), shipping: 100, tax: 50, shopperRef: 's1' });
    expect(placed.status).toBe(201);
    expect(placed.body).toMatchObject({
      state: 'placed',
      linesTotal: 1000,
      total: 1150,
      attributed: true,
      attribution: { merchant: ann.id, via: 'code' },
      amountPaid: null,
    });
    expect(placed.body.attribution.reason).toMatch(/inside the window of 30 days/);
    expect((await view(placed.orderId)).events).toEqual([]);

    const done = await shop.sk.post(`/v1/orders/${placed.orderId}/complete`, { amountPaid: 1050 });
    expect([done.status, done.body.state, done.body.amountPaid]).toEqual([202, 'completed', 1050]);
    const { order, events } = await view(placed.orderId);
    expect(order.merchantAtCompletion).toEqual({ state: 'active', group: 'gold', wechatId: 'ann_tea' });
    expect(order.lines).toEqual([{ ...TEA, unitPrice: 500n, lineTotal: 1000n }]);
    expect(events.map(({ type, state }) => [type, state])).toEqual([['order.completed', 'waiting']]);
  });

  it('without attribution completes as well, and leaves every merchant, account and journal as it was', async () => {
    const tables = ['merchant', 'account', 'journal', 'entry'];
    const before = await dump(shop, tables);
    const { orderId, body } = await place({ visit: (await shop.pk.post('/v1/visits', {})).body.visit });
    expect([body.attributed, body.attribution]).toEqual([false, null]);
    expect((await shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 1000 })).status).toBe(202);
    expect(await dump(shop, tables)).toBe(before);
  });

  it('keeps a merchant who was suspended in between, and says so at completion', async () => {
    const cem = await addMerchant(shop, 'cem_cafe');
    const visit = await visitBy(cem);
    await setMerchantState(shop, cem, 'suspended');
    const { orderId, body } = await place({ visit });
    expect(body.attribution.merchant).toBe(cem.id);
    await shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 1000 });
    expect((await view(orderId)).order.merchantAtCompletion?.state).toBe('suspended');
  });
});

describe('claim 6: all four branches lead to an order', () => {
  const answered = async (wechatId: string | null) => {
    const { id, visit } = (await shop.pk.post('/v1/visits', {})).body;
    return (await shop.pk.post(`/v1/visits/${id}/referrer`, { visit, wechatId })).body.visit as string;
  };
  it.each([
    ['a code', () => visitBy(ann), 'code'],
    ['a known WeChat ID', () => answered('ANN_TEA'), 'referrer'],
    ['an unknown WeChat ID', () => answered('nobody_we_know'), null],
    ['nobody', () => answered(null), null],
  ])('%s', async (_, visit, via) => {
    const { body, orderId } = await place({ visit: await visit() });
    expect(body.attribution).toEqual(via && expect.objectContaining({ merchant: ann.id, via }));
    const done = await shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 1000 });
    expect(done.body.attribution).toEqual(body.attribution);
  });
});

describe('claims 3 and 8: the merchant’s price, by code or by WeChat ID, is the price of the order', () => {
  it('a real quote becomes an order, whichever way the same merchant was named', async () => {
    const { sku, category, quantity, unitPrice } = TEA;
    const rule = {
      scope: { merchant: ann.id },
      kind: 'percent-off',
      rateBps: 1000,
      validFrom: new Date(Date.now() - 60_000).toISOString(),
    };
    expect((await shop.admin.post('/v1/price-rules', rule)).status).toBe(201);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    const asked = (await shop.pk.post('/v1/visits', {})).body;
    const named = await shop.pk.post(`/v1/visits/${asked.id}/referrer`, { visit: asked.visit, wechatId: ann.wechatId });
    const totals = [];
    for (const visit of [await visitBy(ann), named.body.visit, asked.visit]) {
      const lines = [{ sku, category, quantity, unitPrice }];
      const { body: quote } = await shop.pk.post('/v1/quotes', { visit, currency: 'CNY', lines });
      const bought = quote.lines.map((line: any) => ({ ...TEA, unitPrice: line.unitPrice, lineTotal: line.lineTotal }));
      const { status, body } = await place({ visit, quote: quote.quote, lines: bought });
      expect(status).toBe(201);
      totals.push([body.linesTotal, body.attribution?.merchant ?? null]);
    }
    expect(totals).toEqual([
      [900, ann.id],
      [900, ann.id],
      [1000, null],
    ]);
  });
});

describe('an order with a quote', () => {
  it('takes the merchant of the quote, with or without the visit beside it', async () => {
    const visit = await visitBy(ann);
    const quote = quoteToken(shop, visit);
    for (const said of [{ quote }, { quote, visit }]) {
      const { status, body } = await place(said);
      expect([status, body.attribution.merchant]).toEqual([201, ann.id]);
    }
    const later = (await shop.pk.post('/v1/visits', { previous: visit })).body.visit;
    expect((await place({ quote, visit: later })).status).toBe(201);
  });

  it('must match it line by line, and be of the same visit and merchant', async () => {
    const visit = await visitBy(ann);
    const quote = quoteToken(shop, visit);
    const wrong = [
      { quote, lines: [{ ...TEA, quantity: 1, lineTotal: 500 }] },
      { quote, lines: [{ ...TEA, category: null }] },
      { quote, lines: [TEA, TEA] },
      { quote, visit: await visitBy(bob) },
      { quote, visit: (await shop.pk.post('/v1/visits', {})).body.visit },
      { quote: quoteToken(shop, null), visit },
    ];
    for (const said of wrong) {
      const { status, body } = await place(said);
      expect([status, body.code]).toEqual([409, 'order.quote-mismatch']);
    }
  });
});

describe('telling it twice', () => {
  it('gets the same answer for the same content, whatever came in between', async () => {
    const placed = await place({ visit: await visitBy(ann) });
    const path = `/v1/orders/${placed.orderId}`;
    const refund = { refundId: `r-${placed.orderId}`, amount: 300, lines: [{ sku: 'tea', amount: 300 }] };
    const done = await shop.sk.post(`${path}/complete`, { amountPaid: 1000 });
    const back = await shop.sk.post(`${path}/refunds`, refund);
    expect(back.status).toBe(202);
    const before = await dump(shop);
    for (const [first, again] of [
      [placed, await shop.sk.post('/v1/orders', placed.sent)],
      [done, await shop.sk.post(`${path}/complete`, { amountPaid: 1000 })],
      [back, await shop.sk.post(`${path}/refunds`, refund)],
    ] as const)
      expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(await dump(shop)).toBe(before);
  });

  it('is a conflict with other content, and that is written down', async () => {
    const placed = await place();
    const path = `/v1/orders/${placed.orderId}`;
    const refundId = `r-${placed.orderId}`;
    await shop.sk.post(`${path}/complete`, { amountPaid: 1000 });
    await shop.sk.post(`${path}/refunds`, { refundId, amount: 10 });
    const answers = [
      await shop.sk.post('/v1/orders', { ...placed.sent, tax: 1 }),
      await shop.sk.post('/v1/orders', { ...placed.sent, tax: 1 }),
      await shop.sk.post(`${path}/complete`, { amountPaid: 999 }),
      await shop.sk.post(`${path}/refunds`, { refundId, amount: 11 }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'order.conflict'],
      [409, 'order.conflict'],
      [409, 'order.conflict'],
      [409, 'refund.conflict'],
    ]);
    expect(
      (await conflicts(placed.orderId)).map((row: any) => [row.type, row.refund_id, row.times_seen]).sort(),
    ).toEqual([
      ['order.completed', '', 1],
      ['order.placed', '', 2],
      ['order.refunded', refundId, 1],
    ]);
    const { order, events } = await view(placed.orderId);
    expect([order.tax, order.amountPaid, events.length]).toEqual([0n, 1000n, 2]);
  });

  it('fifty times at once places once, completes once, refunds once', async () => {
    const body = orderBody({ visit: await visitBy(ann) });
    const times = async (path: string, content: object) => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => shop.sk.post(path, content)));
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      return answers[0]!.status;
    };
    expect(await times('/v1/orders', body)).toBe(201);
    expect(await times(`/v1/orders/${body.orderId}/complete`, { amountPaid: 900 })).toBe(202);
    expect(await times(`/v1/orders/${body.orderId}/refunds`, { refundId: `r-${body.orderId}`, amount: 5 })).toBe(202);
    expect((await view(body.orderId)).events.map(({ type }) => type)).toEqual(['order.completed', 'order.refunded']);
  });

  it('completions that differ, at once: one wins, the others are conflicts', async () => {
    const { orderId } = await place();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 900 + i })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array.from({ length: 9 }, () => 409)]);
    expect((await conflicts(orderId)).length).toBe(9);
  });
});

describe('cancelling and refunding', () => {
  it('cancels what is placed, again and again, and nothing that is complete', async () => {
    const { orderId } = await place();
    const path = `/v1/orders/${orderId}`;
    expect((await shop.sk.post(`${path}/cancel`)).body.state).toBe('cancelled');
    expect((await shop.sk.post(`${path}/cancel`)).status).toBe(200);
    expect((await shop.sk.post(`${path}/complete`, { amountPaid: 1000 })).body.code).toBe('order.wrong-state');
    expect((await shop.sk.post(`${path}/refunds`, { refundId: 'x', amount: 1 })).body.code).toBe('order.wrong-state');
    const other = await place();
    await shop.sk.post(`/v1/orders/${other.orderId}/complete`, { amountPaid: 1000 });
    expect((await shop.sk.post(`/v1/orders/${other.orderId}/cancel`)).body.code).toBe('order.already-completed');
  });

  it('keeps a refund that comes before its completion', async () => {
    const { orderId } = await place({ shipping: 100 });
    const refund = (refundId: string, amount: number) =>
      shop.sk.post(`/v1/orders/${orderId}/refunds`, { refundId: `${orderId}-${refundId}`, amount });
    expect((await refund('a', 600)).status).toBe(202);
    expect((await refund('b', 501)).body.code).toBe('refund.more-than-paid');
    expect((await shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 599 })).body.code).toBe(
      'refund.more-than-paid',
    );
    expect((await shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 800 })).status).toBe(202);
    expect((await refund('c', 201)).body.code).toBe('refund.more-than-paid');
    expect((await refund('d', 200)).status).toBe(202);
    expect((await view(orderId)).events.map(({ type, state }) => [type, state])).toEqual([
      ['order.completed', 'waiting'],
      ['order.refunded', 'kept'],
      ['order.refunded', 'waiting'],
    ]);
  });

  it('many refunds at once never come to more than was paid, which is less than the order', async () => {
    const { orderId } = await place({ shipping: 500 });
    // Less than the order came to: what was paid is the limit.
    await shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 700 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        shop.sk.post(`/v1/orders/${orderId}/refunds`, { refundId: `${orderId}-${i}`, amount: 300 }),
      ),
    );
    expect(answers.filter(({ status }) => status === 202).length).toBe(2);
  });

  it('a refund id is used once in a storefront', async () => {
    const [one, two] = [await place(), await place()];
    const refund = { refundId: `shared-${one.orderId}`, amount: 5 };
    const answers = await Promise.all(
      [one, two].map(({ orderId }) => shop.sk.post(`/v1/orders/${orderId}/refunds`, refund)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
  });
});

describe('every field of a content counts', () => {
  const differing = async (path: string, known: Record<string, unknown>, others: object[], code: string) => {
    const first = await shop.sk.post(path, known);
    expect(first.status).toBeLessThan(300);
    const before = await dump(shop, ['shop_order', 'refund', 'order_event']);
    for (const other of others) {
      const { status, body } = await shop.sk.post(path, { ...known, ...other });
      expect([other, status, body.code]).toEqual([other, 409, code]);
    }
    expect(await dump(shop, ['shop_order', 'refund', 'order_event'])).toBe(before);
    expect((await shop.sk.post(path, known)).body).toEqual(first.body);
  };
  const cup = { sku: 'cup', category: 'home', quantity: 1, unitPrice: 700, lineTotal: 700 };
  const lineChanges = [
    { sku: 'tee' },
    { category: 'food' },
    { category: null },
    { quantity: 3 },
    { unitPrice: 501 },
    { lineTotal: 999 },
  ];

  it('of a placing', async () => {
    const visit = await visitBy(ann);
    const body = orderBody({ visit, lines: [TEA, cup], shopperRef: 's1', placedAt: new Date().toISOString() });
    const others = [
      ...lineChanges.map((change) => ({ lines: [{ ...TEA, ...change }, cup] })),
      { lines: [cup, TEA] },
      { lines: [TEA] },
      { lines: [TEA, cup, cup] },
      { shipping: 1 },
      { tax: 1 },
      { shopperRef: 's2' },
      { shopperRef: null },
      { placedAt: new Date(Date.now() - 1000).toISOString() },
      { placedAt: null },
      { visit: await visitBy(bob) },
      { visit: null },
      { quote: quoteToken(shop, visit, [TEA]) },
      { currency: 'EUR' },
    ];
    await differing('/v1/orders', body, others, 'order.conflict');
  });

  it('of a completion and a refund', async () => {
    const now = new Date();
    const { orderId } = await place({ lines: [TEA, cup], shipping: 100, tax: 50, placedAt: now.toISOString() });
    const at = (ms: number) => new Date(now.getTime() + ms).toISOString();
    await differing(
      `/v1/orders/${orderId}/complete`,
      { amountPaid: 1850, completedAt: at(1) },
      [{ amountPaid: 1849 }, { completedAt: at(2) }, { completedAt: null }],
      'order.conflict',
    );
    const lines = [{ sku: 'tea', amount: 100 }];
    await differing(
      `/v1/orders/${orderId}/refunds`,
      { refundId: `all-${orderId}`, amount: 200, lines, shipping: 10, tax: 5, refundedAt: at(3) },
      [
        { amount: 201 },
        { lines: [{ sku: 'tea', amount: 99 }] },
        { lines: [{ sku: 'cup', amount: 100 }] },
        { lines: null },
        { shipping: 11 },
        { shipping: 0 },
        { shipping: null },
        { tax: 4 },
        { tax: null },
        { refundedAt: at(4) },
        { refundedAt: null },
      ],
      'refund.conflict',
    );
  });

  it.each([...lineChanges, { sku: 'cup' }])('of a line of a quote: %j', async (change) => {
    const { status, body } = await place({ quote: quoteToken(shop, null, [TEA]), lines: [{ ...TEA, ...change }] });
    expect([status, body.code]).toEqual([409, 'order.quote-mismatch']);
  });
});

describe('prices that are not a multiple', () => {
  const three = { sku: 'tea', quantity: 3, unitPrice: 3333, lineTotal: 10000 };

  it('“3 for 100.00” is placed, with a quote of 33.33 a piece too, and in bulk', async () => {
    expect((await place({ lines: [three] })).body.linesTotal).toBe(10000);
    const { sku, quantity, unitPrice } = three;
    const lines = [{ sku, quantity, unitPrice }];
    const { body: quote } = await shop.pk.post('/v1/quotes', { currency: 'CNY', lines });
    expect((await place({ quote: quote.quote, lines: [three] })).body.linesTotal).toBe(10000);
    const bulk = await shop.sk
      .with({ 'content-type': 'application/x-ndjson' })
      .post('/v1/orders/bulk', JSON.stringify({ order: orderBody({ lines: [three] }) }));
    expect(bulk.text).toContain('"status":201');
  });

  it('by a whole minor unit a piece it is another price', async () => {
    expect((await place({ lines: [{ ...three, lineTotal: 10001 }] })).status).toBe(201);
    const { status, body } = await place({ lines: [{ ...three, lineTotal: 10002 }] });
    expect([status, body.errors[0].pointer]).toEqual([422, '/lines/0/lineTotal']);
  });
});

describe('bad input changes nothing', () => {
  const refused = async (path: string, body: unknown, status: number, code: string, client = shop.sk) => {
    const answer = await client.post(path, body);
    const sent = JSON.stringify(body ?? null).slice(0, 200);
    expect([sent, answer.status, answer.body?.code]).toEqual([sent, status, code]);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    return answer;
  };

  it('in orders', async () => {
    const visit = await visitBy(ann);
    const keys = testConfig(shop.testApp.databaseUrl).tokenKeys;
    const claims = claimsOf(visit);
    const expired = visitSigner(keys).issue(claims, new Date(Date.now() - 1000), shop.storefront.id);
    const forged = visitSigner([{ id: keys[0]!.id, secret: Buffer.alloc(32, 1) }]).issue(
      claims,
      new Date(Date.now() + 9e6),
      shop.storefront.id,
    );
    const foreign = (await shop.other.pk.post('/v1/visits', { merchantCode: ann.code })).body.visit;
    const before = await dump(shop);
    const line = (more: object) => orderBody({ lines: [{ ...TEA, ...more }] });
    const invalid: object[] = [
      { ...orderBody(), surprise: 1 },
      line({ surprise: 1 }),
      line({ quantity: 0 }),
      line({ quantity: 1.5 }),
      line({ quantity: '2' }),
      line({ quantity: -1 }),
      line({ quantity: null }),
      line({ unitPrice: -1 }),
      line({ unitPrice: 1e21 }),
      line({ unitPrice: Number.MAX_SAFE_INTEGER + 1 }),
      line({ lineTotal: 1002 }),
      line({ lineTotal: 'NaN' }),
      line({ sku: '' }),
      line({ sku: ' tea' }),
      line({ sku: 'te\u0000a' }),
      line({ sku: '\ud800' }),
      line({ sku: ['tea'] }),
      orderBody({ lines: [] }),
      orderBody({ lines: {} }),
      orderBody({ lines: [null] }),
      orderBody({ lines: [[]] }),
      orderBody({ lines: Array.from({ length: 10_001 }, () => TEA) }),
      orderBody({
        lines: Array.from({ length: 2 }, () => ({ ...TEA, quantity: 1, unitPrice: 9e15, lineTotal: 9e15 })),
      }),
      orderBody({ currency: 'cny' }),
      orderBody({ currency: 'XXQ' }),
      orderBody({ shipping: -1 }),
      orderBody({ tax: 0.5 }),
      orderBody({ placedAt: 'yesterday' }),
      orderBody({ placedAt: '2026-02-31T00:00:00Z' }),
      orderBody({ placedAt: new Date(Date.now() + 3_600_000).toISOString() }),
      orderBody({ orderId: '' }),
      orderBody({ orderId: 'x'.repeat(65) }),
      orderBody({ orderId: 7 }),
      orderBody({ visit: 7 }),
      orderBody({ visit: 'x'.repeat(5000) }),
    ];
    for (const body of invalid) {
      const { body: problem } = await refused('/v1/orders', body, 422, 'request.invalid');
      expect(problem.errors.length).toBeGreaterThan(0);
    }
    await refused('/v1/orders', orderBody({ currency: 'EUR' }), 422, 'order.wrong-currency');
    await refused('/v1/orders', orderBody({ visit: expired }), 422, 'token.expired');
    for (const token of [forged, foreign, 'nonsense', quoteToken(shop, visit)])
      await refused('/v1/orders', orderBody({ visit: token }), 422, 'token.invalid');
    const quotes = [
      [quoteToken(shop, visit, [TEA], { expiresAt: new Date(Date.now() - 1000) }), 'token.expired'],
      [quoteToken(shop, foreign, [TEA], { storefrontId: shop.other.id }), 'token.invalid'],
      [visit, 'token.invalid'],
    ] as const;
    for (const [quote, code] of quotes) await refused('/v1/orders', orderBody({ quote }), 422, code);
    await refused('/v1/orders', undefined, 422, 'request.invalid');
    for (const body of ['', '{', '[]', 'null', '7', '"x"', Buffer.from([0x7b, 0xff, 0x7d])]) {
      const answer = await shop.sk.with({ 'content-type': 'application/json' }).post('/v1/orders', body);
      expect([String(body), answer.status >= 400 && answer.status < 500]).toEqual([String(body), true]);
    }
    const huge = JSON.stringify(orderBody({ shopperRef: 'x'.repeat(10_000_000) }));
    const answer = await shop.sk.with({ 'content-type': 'application/json' }).post('/v1/orders', huge);
    expect([answer.status, answer.body.code]).toEqual([413, 'request.too-large']);
    expect((await shop.pk.post('/v1/orders', orderBody())).status).toBe(403);
    expect((await shop.testApp.http.post('/v1/orders', orderBody())).status).toBe(401);
    expect(await dump(shop)).toBe(before);
  });

  it('in completions and refunds', async () => {
    const { orderId } = await place({ shipping: 100, tax: 50 });
    const done = await place();
    await shop.sk.post(`/v1/orders/${done.orderId}/complete`, { amountPaid: 1000 });
    const before = await dump(shop);
    const complete = `/v1/orders/${orderId}/complete`;
    await refused(complete, undefined, 422, 'request.invalid');
    for (const amountPaid of [-1, 0.5, '100', null, 1e300, undefined])
      await refused(complete, { amountPaid }, 422, 'request.invalid');
    await refused(complete, { amountPaid: 1151 }, 422, 'order.paid-more-than-lines');
    await refused(complete, { amountPaid: 1150, completedAt: '2999-01-01T00:00:00Z' }, 422, 'request.invalid');
    for (const id of ['unknown', '%20', 'x'.repeat(65), '%00', encodeURIComponent('不存在')])
      await refused(`/v1/orders/${id}/complete`, { amountPaid: 1 }, 404, 'order.not-found');
    await refused(complete, { amountPaid: 1150 }, 404, 'order.not-found', shop.other.sk);
    await refused(`/v1/orders/${orderId}/cancel`, undefined, 404, 'order.not-found', shop.other.sk);
    const refunds = `/v1/orders/${done.orderId}/refunds`;
    await refused(refunds, { refundId: 'f', amount: 1 }, 404, 'order.not-found', shop.other.sk);
    const wrong = [
      { amount: 1 },
      { refundId: 'a', amount: 0 },
      { refundId: 'a', amount: -5 },
      { refundId: 'a ', amount: 5 },
      { refundId: 'a', amount: 5, lines: [] },
      { refundId: 'a', amount: 5, lines: [{ sku: 'tea', amount: 6 }] },
      { refundId: 'a', amount: 5, lines: [{ sku: 'coffee', amount: 5 }] },
      { refundId: 'a', amount: 5, refundedAt: 5 },
    ];
    for (const body of wrong) await refused(refunds, body, 422, 'request.invalid');
    await refused(refunds, { refundId: 'a', amount: 1001 }, 409, 'refund.more-than-paid');
    expect(await dump(shop)).toBe(before);
  });

  it('in visits', async () => {
    const before = await dump(shop);
    const wrong = [
      { surprise: 1 },
      { url: 7 },
      { url: 'no address' },
      { url: `https://shop.example/${'x'.repeat(3000)}` },
      { merchantCode: ['A'] },
      { merchantCode: 'x'.repeat(65) },
      { shopperRef: '' },
      { referrerUrl: 'weixin' },
      { previous: {} },
    ];
    for (const body of wrong) await refused('/v1/visits', body, 422, 'request.invalid', shop.pk);
    expect(await dump(shop)).toBe(before);
    const { id, visit } = (await shop.pk.post('/v1/visits', {})).body;
    const path = `/v1/visits/${id}/referrer`;
    for (const body of [{}, { visit }, { visit, wechatId: 5 }, { visit, wechatId: 'x'.repeat(65) }, { wechatId: null }])
      await refused(path, body, 422, 'request.invalid', shop.pk);
    await refused(path, { visit: 'forged', wechatId: null }, 422, 'token.invalid', shop.pk);
  });

  it('but odd things that are real are taken: zero value, other scripts, ten thousand lines', async () => {
    const free = await place({ lines: [{ ...TEA, unitPrice: 0, lineTotal: 0 }] });
    expect(free.status).toBe(201);
    expect((await shop.sk.post(`/v1/orders/${free.orderId}/complete`, { amountPaid: 0 })).status).toBe(202);
    const orderId = '订单'.repeat(32);
    expect((await place({ orderId, lines: [{ ...TEA, sku: '茶🍵', category: null }] })).status).toBe(201);
    expect((await shop.sk.post(`/v1/orders/${encodeURIComponent(orderId)}/cancel`)).status).toBe(200);
    const nulls = { visit: null, quote: null, shipping: null, tax: null, shopperRef: null, placedAt: null };
    const bare = await place(nulls);
    expect([bare.status, bare.body.total]).toEqual([201, 1000]);
    const refund = { refundId: `${bare.orderId}-r`, amount: 1, lines: null, refundedAt: null };
    expect((await shop.sk.post(`/v1/orders/${bare.orderId}/refunds`, refund)).status).toBe(202);
    const empty = { url: null, merchantCode: null, shopperRef: null, referrerUrl: null, previous: null };
    for (const visit of [empty, {}, undefined])
      expect((await shop.pk.post('/v1/visits', visit)).body).toMatchObject({ codeStatus: 'absent', recorded: true });
    expect((await place({ orderId: 'case' })).status).toBe(201);
    expect((await place({ orderId: 'CASE' })).status).toBe(201);
    const lines = Array.from({ length: 10_000 }, (_, i) => ({ ...TEA, sku: `sku-${i}` }));
    expect((await place({ lines })).body.linesTotal).toBe(10_000_000);
    expect((await place({ placedAt: '1999-12-31T23:59:59+08:00' })).body.placedAt).toBe('1999-12-31T15:59:59.000Z');
  });
});
