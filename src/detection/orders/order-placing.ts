import type { Storefront } from '../../database/index.js';
import { contentHash } from '../../shared/content-hash.js';
import { DomainError, type FieldError, invalidFields } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { MAX_AMOUNT, minorFromWire } from '../../shared/money.js';
import { type Attribution, ofShopper, type Visit } from '../visits/index.js';
import type { OrderErrorCode } from './errors.js';
import type { PlaceOrderDto } from './order.dto.js';
import { assertNotBefore, instantOrNull, momentOf, type ClockReading } from './order-moments.js';
import { orderLinesHash, type OrderLine, type QuoteClaims } from '../../pricing/index.js';
import { orderTotal, type OrderRecord } from './order.js';

/** The content of a placing or an edit, with its defaults, as a hash: a repeat is known by it. */
export function placingHash(request: PlaceOrderDto): string {
  const { currency, lines, shipping, tax, shopperRef, placedAt, visit, visitId, attribution, quote, history } = request;
  return contentHash({
    currency,
    lines: lines.map((l) => [l.sku, l.category ?? null, l.quantity, l.unitPrice, l.lineTotal]),
    shipping: shipping ?? 0,
    tax: tax ?? 0,
    shopperRef: shopperRef ?? null,
    placedAt: instantOrNull(placedAt),
    visit: visit ?? null,
    quote: quote ?? null,
    history: history ?? false,
    // Only where they are given: the hash of an order without them stays what it was.
    ...(visitId != null && { visitId }),
    ...(attribution != null && { attribution: [attribution.merchantCode, instantOrNull(attribution.at)] }),
  });
}

/** Throws `request.invalid` when a request says in more than one way how the shopper came, or tells it with an edit. */
export function assertOneVisit({ visit, visitId, attribution, revision }: PlaceOrderDto): void {
  const named = Object.entries({ visit, visitId, attribution }).filter(([, value]) => value != null);
  if (named.length > 1) {
    const detail = 'must be the only one of visit, visitId and attribution';
    throw invalidFields(named.slice(1).map(([name]) => ({ pointer: `/${name}`, detail })));
  }
  if (attribution != null && (revision ?? 1) > 1)
    throw invalidFields([{ pointer: '/attribution', detail: 'is told when the order is placed, and never again' }]);
}

/** A new order: its merchant is fixed here, and never derived again. Throws what is wrong with the request. */
export function placed(
  request: PlaceOrderDto,
  storefront: Storefront,
  clock: ClockReading,
  said: { visit: Visit | null; quote: QuoteClaims | null },
): OrderRecord {
  if (request.currency !== storefront.currency)
    throw new DomainError<OrderErrorCode>('order.wrong-currency', `This storefront sells in ${storefront.currency}.`);
  const lines = linesOf(request);
  const hash = placingHash(request);
  const order: OrderRecord = {
    id: newId('order'),
    storefrontId: storefront.id,
    orderId: request.orderId,
    state: 'placed',
    revision: 1,
    placedHash: hash,
    contentHash: hash,
    currency: request.currency,
    lines,
    linesTotal: lines.reduce((sum, line) => sum + line.lineTotal, 0n),
    shipping: minorFromWire(request.shipping ?? 0),
    tax: minorFromWire(request.tax ?? 0),
    shopperRef: request.shopperRef ?? null,
    visitId: said.visit?.id ?? said.quote?.visitId ?? null,
    quoteId: said.quote?.id ?? null,
    attribution: agreedAttribution(said.visit, said.quote),
    placedAt: momentOf(request.placedAt, clock, '/placedAt'),
    amountPaid: null,
    completedAt: null,
    completionHash: null,
    merchantAtCompletion: null,
    cancelledAt: null,
    refunds: [],
    newEvents: [],
    newRevisions: [],
  };
  // What is imported happened before; who brought the shopper may have been told since.
  if (order.attribution && request.history !== true)
    assertNotBefore(order.placedAt, new Date(order.attribution.attributedAt), clock, {
      pointer: '/placedAt',
      what: 'the visit that brought the shopper',
    });
  if (orderTotal(order) > MAX_AMOUNT)
    throw invalidFields([{ pointer: '/lines', detail: 'add up to more than is exact' }]);
  if (said.quote && said.quote.linesHash !== orderLinesHash(lines.map(asQuoted)))
    throw mismatch('The lines are not those of the quote: same products, categories, quantities and prices, in order.');
  return order;
}

/**
 * Which merchant counts when both tokens speak. A quote keeps the merchant it was made for while it holds, also when the
 * window has closed in between, and for the same shopper's later visits. Throws `order.quote-mismatch` when the two tell different stories.
 */
export function agreedAttribution(visit: Visit | null, quote: QuoteClaims | null): Attribution | null {
  if (!quote) return visit?.attribution ?? null;
  if (!visit) return quote.attribution;
  const quoted = quote.attribution;
  const agrees =
    quoted === null
      ? visit.attribution === null
      : visit.touches.some((touch) => touch.visitId === quoted.visitId && touch.merchantId === quoted.merchantId);
  if (!agrees) throw mismatch('The quote was made for another visit or merchant than the visit token says.');
  return quoted && ofShopper(quoted, visit.shopperIs);
}

function linesOf(request: PlaceOrderDto): OrderLine[] {
  const errors: FieldError[] = [];
  const lines = request.lines.map((line, index): OrderLine => {
    const unitPrice = minorFromWire(line.unitPrice);
    const lineTotal = minorFromWire(line.lineTotal);
    // "3 for 100.00" has a unit price of 33.33: a line may come to more than that, by less than a minor unit a piece.
    if (lineTotal >= (unitPrice + 1n) * BigInt(line.quantity))
      errors.push({ pointer: `/lines/${index}/lineTotal`, detail: 'is more than unitPrice × quantity' });
    return { sku: line.sku, category: line.category ?? null, quantity: line.quantity, unitPrice, lineTotal };
  });
  if (errors.length > 0) throw invalidFields(errors);
  return lines;
}

/** The line as a quote has it: a total that is above unitPrice × quantity only because the unit price was rounded. */
function asQuoted(line: OrderLine): OrderLine {
  const exact = line.unitPrice * BigInt(line.quantity);
  return line.lineTotal > exact ? { ...line, lineTotal: exact } : line;
}

function mismatch(detail: string): DomainError {
  return new DomainError<OrderErrorCode>('order.quote-mismatch', detail);
}
