import { OrderEventLog } from '../../src/detection/orders/order-event-log.js';
import { PostingService } from '../../src/finance/rewards/posting.service.js';
import { createStorefront, createWorld, type World } from '../support/actors.js';
import type { Answer } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const LINES = [
  { sku: 'tea', category: 'drinks', quantity: 3, unitPrice: 999 },
  { sku: 'cup', quantity: 1, unitPrice: 5000 },
];
const LIST_TOTAL = 3 * 999 + 5000;
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();

interface Merchant {
  id: string;
  code: string;
  wechatId: string;
}

let testApp: TestApp;
let world: World;

beforeAll(async () => {
  testApp = await startTestApp();
  world = await createWorld(testApp);
});
afterAll(() => testApp.close());

/** A merchant who applied and was approved. */
async function approved(wechatId: string, group?: string): Promise<Merchant> {
  const application = await world.pk.post('/v1/merchant-applications', {
    wechatId,
    displayName: wechatId,
    consent: true,
  });
  const answer = await world.reviewer.post(
    `/v1/merchant-applications/${application.body.id}/approve`,
    group === undefined ? {} : { group },
  );
  expect(answer.status).toBe(200);
  return { id: answer.body.merchant.id, code: answer.body.merchant.code, wechatId };
}

async function priceRule(rule: object): Promise<any> {
  const answer = await world.admin.post('/v1/price-rules', { scope: {}, validFrom: YESTERDAY, ...rule });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body;
}

async function visitByCode(code: string | undefined): Promise<any> {
  return (await world.pk.post('/v1/visits', { merchantCode: code })).body;
}

async function visitByWechatId(wechatId: string | null): Promise<any> {
  const asked = await visitByCode(undefined);
  expect(asked.ask).toEqual({ question: 'referrer' });
  return (await world.pk.post(`/v1/visits/${asked.id}/referrer`, { visit: asked.visit, wechatId })).body;
}

function quote(visit: string | undefined, over: object = {}): Promise<Answer> {
  return world.pk.post('/v1/quotes', { visit, currency: 'CNY', lines: LINES, ...over });
}

/** The part of a quote that the shopper sees. */
function prices({ body }: Answer) {
  const { attributed, lines, listTotal, discountTotal, total } = body;
  return { attributed, lines, listTotal, discountTotal, total };
}

describe('claim 3: with a merchant code there is a merchant price, without one the list price stays', () => {
  it('discounts the basket only when a merchant brought the shopper', async () => {
    const merchant = await approved('claim3_merchant');
    const rule = await priceRule({ scope: { merchant: merchant.id }, kind: 'percent-off', rateBps: 1000, name: 'Ten' });

    const withCode = await quote((await visitByCode(merchant.code)).visit);
    expect(withCode.status).toBe(201);
    const by = { id: rule.id, version: 1, name: 'Ten', kind: 'percent-off' };
    expect(prices(withCode)).toEqual({
      attributed: true,
      lines: [
        { sku: 'tea', category: 'drinks', quantity: 3, listUnitPrice: 999, unitPrice: 899, lineTotal: 2697, rule: by },
        { sku: 'cup', category: null, quantity: 1, listUnitPrice: 5000, unitPrice: 4500, lineTotal: 4500, rule: by },
      ],
      listTotal: LIST_TOTAL,
      discountTotal: LIST_TOTAL - 7197,
      total: 7197,
    });

    const listPrices = {
      attributed: false,
      lines: [
        {
          sku: 'tea',
          category: 'drinks',
          quantity: 3,
          listUnitPrice: 999,
          unitPrice: 999,
          lineTotal: 2997,
          rule: null,
        },
        { sku: 'cup', category: null, quantity: 1, listUnitPrice: 5000, unitPrice: 5000, lineTotal: 5000, rule: null },
      ],
      listTotal: LIST_TOTAL,
      discountTotal: 0,
      total: LIST_TOTAL,
    };
    expect(prices(await quote((await visitByCode(undefined)).visit))).toEqual(listPrices);
    expect(prices(await quote(undefined))).toEqual(listPrices);
    expect(prices(await quote((await visitByCode('22222222')).visit))).toEqual(listPrices);
  });
});

describe('claim 5: the merchant price is that merchant’s own', () => {
  it('gives two merchants with different rules two prices for the same basket, and a group a third', async () => {
    const [a, b, c] = [await approved('claim5_a'), await approved('claim5_b'), await approved('claim5_c', 'gold')];
    await priceRule({ scope: { merchant: a.id }, kind: 'amount-off', amount: 100, currency: 'CNY' });
    await priceRule({ scope: { merchant: b.id, product: 'tea' }, kind: 'fixed-price', amount: 500, currency: 'CNY' });
    await priceRule({ scope: { group: 'gold', category: 'drinks' }, kind: 'percent-off', rateBps: 9000, floor: 900 });

    const totals = await Promise.all(
      [a, b, c].map(async ({ code }) => (await quote((await visitByCode(code)).visit)).body.total),
    );
    expect(totals).toEqual([3 * 899 + 4900, 3 * 500 + 5000, 3 * 900 + 5000]);
  });

  it('keeps a rule within its storefront', async () => {
    const merchant = await approved('claim5_shop');
    const other = await createStorefront(testApp, world.admin);
    await priceRule({ scope: { merchant: merchant.id }, storefront: other.id, kind: 'percent-off', rateBps: 5000 });
    expect(prices(await quote((await visitByCode(merchant.code)).visit))).toMatchObject({
      attributed: true,
      total: LIST_TOTAL,
    });
  });
});

describe('claim 8: the merchant price is the same by code and by WeChat ID', () => {
  it('prices alike whichever way the merchant was named, and at the list price for nobody and for a stranger', async () => {
    const merchant = await approved('Claim8_Merchant');
    await priceRule({ scope: { merchant: merchant.id }, kind: 'percent-off', rateBps: 333 });

    const byCode = prices(await quote((await visitByCode(merchant.code)).visit));
    const byWechatId = prices(await quote((await visitByWechatId('claim8_merchant')).visit));
    expect(byCode.total).toBeLessThan(LIST_TOTAL);
    expect(byWechatId).toEqual(byCode);

    for (const answer of [null, 'nobody_knows_me']) {
      const { attributed, total } = prices(await quote((await visitByWechatId(answer)).visit));
      expect({ attributed, total }).toEqual({ attributed: false, total: LIST_TOTAL });
    }
  });
});

describe('claim 14: database, pricing and finance work on one order', () => {
  it('places and completes an order at the quoted prices and no others, and rewards what was paid', async () => {
    const merchant = await approved('claim14_merchant');
    const reward = { posting: 'direct', grants: [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }] };
    const rewardRule = { scope: { merchant: merchant.id }, validFrom: YESTERDAY, ...reward };
    expect((await world.admin.post('/v1/reward-rules', rewardRule)).status).toBe(201);
    await priceRule({ scope: { merchant: merchant.id }, kind: 'percent-off', rateBps: 1000 });
    const { visit } = await visitByCode(merchant.code);
    const { body } = await quote(visit);
    const lines = LINES.map((line, i) => ({
      ...line,
      unitPrice: body.lines[i].unitPrice,
      lineTotal: body.lines[i].lineTotal,
    }));
    const order = { orderId: 'c14', visit, quote: body.quote, currency: 'CNY', lines };

    const wrong = await world.sk.post('/v1/orders', { ...order, lines: [{ ...lines[0], lineTotal: 1 }, lines[1]] });
    expect(wrong).toMatchObject({ status: 409, body: { code: 'order.quote-mismatch' } });
    expect((await world.sk.post('/v1/orders', order)).status).toBe(201);
    expect((await world.sk.post('/v1/orders/c14/complete', { amountPaid: body.total })).status).toBe(202);

    const waiting = await testApp.app.get(OrderEventLog).findWaiting(0, 10);
    await testApp.app.get(PostingService).postOrderEvents(waiting);
    const balances = await world.admin.get(`/v1/merchants/${merchant.id}/balances`);
    expect(body.total).toBe(7197);
    expect(balances.body.items).toMatchObject([
      { asset: 'CNY', available: 720, pending: 0 },
      { asset: 'POINTS', available: 0 },
    ]);
  });
});

describe('a quote', () => {
  it('takes the merchant as they stand now: who was suspended since the visit brings no price', async () => {
    const merchant = await approved('quote_suspended');
    await priceRule({ scope: { merchant: merchant.id }, kind: 'percent-off', rateBps: 1000 });
    const { visit } = await visitByCode(merchant.code);
    expect(prices(await quote(visit)).attributed).toBe(true);
    await world.reviewer.post(`/v1/merchants/${merchant.id}/suspend`, { reason: 'a look is needed' });
    expect(prices(await quote(visit))).toMatchObject({ attributed: false, total: LIST_TOTAL });
    await world.reviewer.post(`/v1/merchants/${merchant.id}/reactivate`, {});
    expect(prices(await quote(visit)).attributed).toBe(true);
  });

  it('holds ten thousand lines', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => ({ sku: `sku-${i}`, quantity: 1_000_000, unitPrice: 900 }));
    const answer = await quote(undefined, { lines });
    expect(answer).toMatchObject({ status: 201, body: { total: 9_000_000_000_000 } });
    expect(answer.body.lines).toHaveLength(10_000);
  });

  it('refuses tokens that are forged, another kind or another storefront’s', async () => {
    const { visit } = await visitByCode(undefined);
    const other = await createStorefront(testApp, world.admin);
    const quoteToken = (await quote(visit)).body.quote;
    for (const token of ['x', `${visit}x`, quoteToken, 'a.b.c', '..', '引客', '']) {
      expect(await quote(token)).toMatchObject({ status: 422, body: { code: 'token.invalid' } });
    }
    const foreign = await other.pk.post('/v1/quotes', { visit, currency: 'CNY', lines: LINES });
    expect(foreign).toMatchObject({ status: 422, body: { code: 'token.invalid' } });
  });

  const [line] = LINES;
  it.each([
    ['no lines', { lines: undefined }, '/lines'],
    ['an empty basket', { lines: [] }, '/lines'],
    ['too many lines', { lines: Array.from({ length: 10_001 }, () => line) }, '/lines'],
    ['lines that are an object', { lines: { 0: line } }, '/lines'],
    ['a line that is null', { lines: [line, null] }, '/lines'],
    ['a line that is a list', { lines: [[line]] }, '/lines'],
    ['a line that is text', { lines: ['tea'] }, '/lines'],
    ['quantity zero', { lines: [{ ...line, quantity: 0 }] }, '/lines/0/quantity'],
    ['a fractional quantity', { lines: [line, { ...line, quantity: 1.5 }] }, '/lines/1/quantity'],
    ['a quantity in text', { lines: [{ ...line, quantity: '1' }] }, '/lines/0/quantity'],
    ['a negative price', { lines: [{ ...line, unitPrice: -1 }] }, '/lines/0/unitPrice'],
    ['a fractional price', { lines: [{ ...line, unitPrice: 0.5 }] }, '/lines/0/unitPrice'],
    ['a price past exactness', { lines: [{ ...line, unitPrice: 2 ** 53 }] }, '/lines/0/unitPrice'],
    ['no price', { lines: [{ ...line, unitPrice: undefined }] }, '/lines/0/unitPrice'],
    ['a product past exactness', { lines: [{ ...line, unitPrice: 2 ** 53 - 1 }] }, '/lines/0'],
    ['a sum past exactness', { lines: Array(2).fill({ ...line, quantity: 1, unitPrice: 2 ** 53 - 1 }) }, '/lines'],
    ['an empty sku', { lines: [{ ...line, sku: '' }] }, '/lines/0/sku'],
    ['a sku with a control character', { lines: [{ ...line, sku: 'a\u0000' }] }, '/lines/0/sku'],
    ['a sku that is half a character', { lines: [{ ...line, sku: '\ud83d' }] }, '/lines/0/sku'],
    ['a long sku', { lines: [{ ...line, sku: 'x'.repeat(129) }] }, '/lines/0/sku'],
    ['an empty category', { lines: [{ ...line, category: '' }] }, '/lines/0/category'],
    ['an unknown field of a line', { lines: [{ ...line, lineTotal: 1 }] }, '/lines/0/lineTotal'],
    ['an unknown field', { merchant: 'mer_x' }, '/merchant'],
    ['no currency', { currency: undefined }, '/currency'],
    ['a currency that there is not', { currency: 'XYZ' }, '/currency'],
    ['a visit that is a number', { visit: 7 }, '/visit'],
  ])('refuses %s', async (_, over, pointer) => {
    const answer = await quote(undefined, over);
    expect(answer).toMatchObject({ status: 422, body: { code: 'request.invalid' } });
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  it('refuses another currency than the storefront’s', async () => {
    const answer = await quote(undefined, { currency: 'EUR' });
    expect(answer).toMatchObject({ status: 422, body: { code: 'quote.wrong-currency' } });
  });

  it('refuses a body that is no JSON object', async () => {
    expect((await world.pk.post('/v1/quotes', '{"lines":')).status).toBe(415);
    const json = world.pk.with({ 'content-type': 'application/json' });
    expect((await json.post('/v1/quotes', '{"lines":')).status).toBe(400);
    for (const body of ['[]', 'null', '7', '"x"']) {
      const { status } = await json.post('/v1/quotes', body);
      expect([body, status >= 400 && status < 500]).toEqual([body, true]);
    }
  });

  it('is for storefronts alone', async () => {
    expect((await testApp.http.post('/v1/quotes', { currency: 'CNY', lines: LINES })).status).toBe(401);
    expect((await world.admin.post('/v1/quotes', { currency: 'CNY', lines: LINES })).status).toBe(403);
  });
});
