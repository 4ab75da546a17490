import type { Storefront } from '../../database/index.js';
import { MAX_AMOUNT } from '../../shared/money.js';
import type { DecidedAttribution, Visit } from '../visits/index.js';
import type { PlaceOrderDto } from './order.dto.js';
import { orderLinesHash, type OrderLine, type QuoteClaims } from '../../pricing/index.js';
import { agreedAttribution, placed, placingHash } from './order-placing.js';
import type { MerchantId, StorefrontId, VisitId } from '../../shared/ids.js';

const NOW = new Date('2026-05-01T12:00:00Z');
const SHOP: StorefrontId = 'sto_1';
const STOREFRONT = { id: SHOP, currency: 'CNY' } as Storefront;
const NOBODY = { visit: null, quote: null };

const tea = { sku: 'tea', quantity: 3, unitPrice: 3_333, lineTotal: 9_999 };
const request = (over: Partial<PlaceOrderDto> = {}): PlaceOrderDto => ({
  orderId: 'A-1',
  currency: 'CNY',
  lines: [tea],
  ...over,
});
const place = (over: Partial<PlaceOrderDto> = {}, said: Parameters<typeof placed>[3] = NOBODY) =>
  placed(request(over), STOREFRONT, { now: NOW, skewMs: 300_000 }, said);

const attribution = (merchantId: MerchantId = 'mer_1', visitId: VisitId = 'vis_1'): DecidedAttribution => ({
  merchantId,
  via: 'code',
  visitId,
  attributedAt: '2026-04-30T00:00:00.000Z',
  reason: 'A test.',
  decision: { touch: 'last', windowDays: 30, touches: 1 },
});
const visit = (over: Partial<Visit> = {}): Visit => ({
  id: 'vis_2',
  storefrontId: 'sto_1',
  codeStatus: 'known',
  touches: [{ merchantId: 'mer_1', via: 'code', visitId: 'vis_1', at: '2026-04-30T00:00:00.000Z' }],
  previous: 'none',
  attribution: attribution(),
  shopperIs: null,
  ...over,
});
const LINES: OrderLine[] = [{ sku: 'tea', category: null, quantity: 3, unitPrice: 3_333n, lineTotal: 9_999n }];
const quote = (over: Partial<QuoteClaims> = {}): QuoteClaims => ({
  id: 'quo_1',
  visitId: 'vis_1',
  attribution: attribution(),
  previous: 'none',
  currency: 'CNY',
  linesHash: orderLinesHash(LINES),
  total: '9999',
  ...over,
});

describe('placing an order', () => {
  it('takes what the storefront says, and nothing for what it leaves out', () => {
    expect(place()).toMatchObject({
      id: expect.stringMatching(/^ord_/),
      storefrontId: 'sto_1',
      orderId: 'A-1',
      state: 'placed',
      currency: 'CNY',
      lines: LINES,
      linesTotal: 9_999n,
      shipping: 0n,
      tax: 0n,
      shopperRef: null,
      visitId: null,
      quoteId: null,
      attribution: null,
      placedAt: NOW,
      amountPaid: null,
      refunds: [],
      newEvents: [],
    });
    const full = place({ shipping: 500, tax: 300, shopperRef: 'u1', placedAt: '2026-05-01T11:00:00+01:00' });
    expect(full).toMatchObject({ shipping: 500n, tax: 300n, shopperRef: 'u1' });
    expect(full.placedAt).toEqual(new Date('2026-05-01T10:00:00Z'));
    expect(full.contentHash).not.toBe(place().contentHash);
  });

  it('adds its lines up', () => {
    const cup = { sku: 'cup', category: 'gifts', quantity: 1, unitPrice: 1, lineTotal: 1 };
    const order = place({ lines: [tea, cup] });
    expect(order.linesTotal).toBe(10_000n);
    expect(order.lines?.map(({ category }) => category)).toEqual([null, 'gifts']);
  });

  it('is refused in another currency than the storefront sells in', () => {
    expect(() => place({ currency: 'EUR' })).toThrow('order.wrong-currency: This storefront sells in CNY.');
  });

  it('takes a line total that only the rounding of the unit price explains: less than one unit a piece', () => {
    expect(place({ lines: [{ ...tea, lineTotal: 10_001 }] }).linesTotal).toBe(10_001n);
    expect(() => place({ lines: [tea, { ...tea, lineTotal: 10_002 }] })).toThrow(
      expect.objectContaining({
        code: 'request.invalid',
        errors: [{ pointer: '/lines/1/lineTotal', detail: 'is more than unitPrice × quantity' }],
      }),
    );
  });

  it('comes to what a JSON integer holds at most', () => {
    const most = Number(MAX_AMOUNT);
    const lines = [{ sku: 'tea', quantity: 1, unitPrice: most - 1, lineTotal: most - 1 }];
    expect(place({ lines, shipping: 1 }).linesTotal).toBe(MAX_AMOUNT - 1n);
    expect(() => place({ lines, shipping: 1, tax: 1 })).toThrow(
      expect.objectContaining({ errors: [{ pointer: '/lines', detail: 'add up to more than is exact' }] }),
    );
  });

  it('with a quote has the lines of the quote, to the unit; a rounded line counts as it was quoted', () => {
    const said = { visit: null, quote: quote() };
    expect(place({}, said)).toMatchObject({ quoteId: 'quo_1', visitId: 'vis_1', attribution: attribution() });
    expect(place({ lines: [{ ...tea, lineTotal: 10_000 }] }, said).linesTotal).toBe(10_000n);
    for (const other of [{ lineTotal: 9_998 }, { category: 'x' }, { sku: 'cup' }, { quantity: 4 }])
      expect(() => place({ lines: [{ ...tea, ...other }] }, said)).toThrow(
        'order.quote-mismatch: The lines are not those of the quote',
      );
  });

  it('comes after the visit that brought the shopper, but for a clock that is five minutes off; not so imported history', () => {
    const said = { visit: visit(), quote: null };
    expect(place({ placedAt: '2026-04-29T23:55:00Z' }, said).attribution).toEqual(attribution());
    const before = { placedAt: '2026-04-29T23:54:59.999Z' };
    const detail = 'is before the visit that brought the shopper at 2026-04-30T00:00:00.000Z';
    expect(() => place(before, said)).toThrow(
      expect.objectContaining({ code: 'order.impossible-moment', errors: [{ pointer: '/placedAt', detail }] }),
    );
    expect(() => place({ ...before, history: false }, said)).toThrow('order.impossible-moment');
    expect(place({ ...before, history: true }, said).attribution).toEqual(attribution());
    expect(place(before).attribution).toBeNull();
  });

  it('belongs to the visit of its visit token, before that of its quote', () => {
    expect(place({}, { visit: visit(), quote: quote() }).visitId).toBe('vis_2');
  });
});

describe('the merchant of an order', () => {
  it('is the one of the token that speaks', () => {
    expect(agreedAttribution(null, null)).toBeNull();
    expect(agreedAttribution(visit(), null)).toEqual(attribution());
    expect(agreedAttribution(null, quote())).toEqual(attribution());
  });

  it('is the one of the quote, also when another one counts by now', () => {
    const later = visit({ attribution: attribution('mer_2', 'vis_2') });
    expect(agreedAttribution(later, quote())).toEqual(attribution());
    expect(agreedAttribution(visit({ attribution: null }), quote())).toEqual(attribution());
  });

  it('is nobody when neither knows one', () => {
    expect(agreedAttribution(visit({ attribution: null }), quote({ attribution: null }))).toBeNull();
  });

  it.each([
    ['the quote knows nobody and the visit does', attribution(), null],
    ['the quote has another merchant', attribution(), attribution('mer_2', 'vis_1')],
    ['the quote has another visit', attribution(), attribution('mer_1', 'vis_9')],
  ])('is refused where the tokens tell different stories: %s', (_, ofVisit, ofQuote) => {
    expect(() => agreedAttribution(visit({ attribution: ofVisit }), quote({ attribution: ofQuote }))).toThrow(
      'order.quote-mismatch: The quote was made for another visit or merchant than the visit token says.',
    );
  });

  it('buys on their own account when the shopper is the merchant', () => {
    expect(agreedAttribution(visit({ shopperIs: 'mer_1' }), quote())).toEqual({ ...attribution(), ownPurchase: true });
    expect(agreedAttribution(visit({ shopperIs: 'mer_2' }), quote())).toEqual(attribution());
  });
});

describe('a placing is known again by its content', () => {
  it('with its defaults spelled out or left out, and a moment in any spelling', () => {
    const spelled = { ...tea, category: null };
    expect(placingHash(request({ lines: [spelled], shipping: 0, tax: 0, shopperRef: null, placedAt: null }))).toBe(
      placingHash(request()),
    );
    expect(placingHash(request({ placedAt: '2026-05-01T12:00:00Z' }))).toBe(
      placingHash(request({ placedAt: '2026-05-01T20:00:00.000+08:00' })),
    );
  });

  it.each([
    ['currency', { currency: 'EUR' }],
    ['product', { lines: [{ ...tea, sku: 'cup' }] }],
    ['category', { lines: [{ ...tea, category: 'drinks' }] }],
    ['quantity', { lines: [{ ...tea, quantity: 4 }] }],
    ['unit price', { lines: [{ ...tea, unitPrice: 3_334 }] }],
    ['line total', { lines: [{ ...tea, lineTotal: 9_998 }] }],
    ['shipping', { shipping: 1 }],
    ['tax', { tax: 1 }],
    ['shopper', { shopperRef: 'u1' }],
    ['moment', { placedAt: '2026-05-01T12:00:00Z' }],
    ['visit', { visit: 'token' }],
    ['quote', { quote: 'token' }],
    ['past', { history: true }],
  ])('and is another one with another %s', (_, over: Partial<PlaceOrderDto>) => {
    expect(placingHash(request(over))).not.toBe(placingHash(request()));
  });
});
