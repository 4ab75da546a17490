import { contentHash } from '../../shared/content-hash.js';
import { DomainError, invalidFields } from '../../shared/domain-error.js';
import { newId, type MerchantId, type OrderPk } from '../../shared/ids.js';
import { minorFromWire } from '../../shared/money.js';
import type { MerchantCard } from '../../database/index.js';
import type { OrderErrorCode } from './errors.js';
import type { CompleteOrderDto, PlaceOrderDto, RefundOrderDto } from './order.dto.js';
import { assertNotBefore, instantOrNull, momentOf, type ClockReading } from './order-moments.js';
import { placingHash } from './order-placing.js';
import { assertNextRevision, edited, isTold } from './order-revision.js';
import { cancelled, completed, refunded, type EventOrigin, type OrderRecord, type RefundRecord } from './order.js';

/** What a storefront says of one order: all of it happens, or nothing. */
export interface Instruction {
  orderId: string;
  place?: PlaceOrderDto;
  complete?: CompleteOrderDto;
  refunds?: readonly RefundOrderDto[];
  cancel?: true;
}

/** The order after the steps of an instruction, or why there are none. */
export type Attempt = { order: OrderRecord } | { error: DomainError };

/** The orders and refunds that a batch of instructions has come to. */
export interface Working {
  orders: Map<string, OrderRecord>;
  refunds: Map<string, RefundRecord>;
  merchants: Map<MerchantId, MerchantCard>;
}

/** What neither a completion nor a refund may come before. */
const PLACED = (pointer: string) => ({ pointer, what: 'the order was placed' });

/** The steps of one instruction, on records only. Throws the refusal of the first step that is wrong. */
export function carryOut(
  instruction: Instruction,
  draft: Attempt | undefined,
  working: Working,
  { clock, requestId }: { clock: ClockReading; requestId: string | null },
): { order: OrderRecord } {
  const { orderId, place, complete, refunds, cancel } = instruction;
  const newEvent = (): EventOrigin => ({ id: newId('orderEvent'), requestId });
  const found = working.orders.get(orderId);
  let order = place ? placedOrEdited(found, place, draft, clock) : found;
  if (!order) throw new DomainError<OrderErrorCode>('order.not-found', 'This storefront has no such order.');
  if (complete) {
    const hash = contentHash([complete.amountPaid, instantOrNull(complete.completedAt)]);
    const completion = {
      event: newEvent(),
      amountPaid: minorFromWire(complete.amountPaid),
      completedAt: momentOf(complete.completedAt, clock, '/completedAt'),
      hash,
    };
    assertNotBefore(completion.completedAt, order.placedAt, clock, PLACED('/completedAt'));
    const merchant = order.attribution ? working.merchants.get(order.attribution.merchantId) : undefined;
    order = completed(order, completion, merchant);
  }
  const seen = new Map<string, RefundRecord>();
  for (const request of refunds ?? []) {
    const refund = refundRecord(order.id, request, clock);
    assertNotBefore(refund.refundedAt, order.placedAt, clock, PLACED('/refundedAt'));
    order = refunded(order, refund, newEvent(), seen.get(refund.refundId) ?? working.refunds.get(refund.refundId));
    seen.set(refund.refundId, refund);
  }
  if (cancel) order = cancelled(order, clock.now);
  return { order };
}

/** The order after a placing or an edit; undefined when there is none to edit. A repeat changes nothing. */
function placedOrEdited(
  found: OrderRecord | undefined,
  place: PlaceOrderDto,
  draft: Attempt | undefined,
  clock: ClockReading,
): OrderRecord | undefined {
  const revision = place.revision ?? 1;
  if (!found && revision > 1) return undefined;
  if (found) {
    if (isTold(found, revision, placingHash(place))) return found;
    assertNextRevision(found, revision);
  }
  if (!draft) throw new Error(`order ${place.orderId} was not drafted`);
  if ('error' in draft) throw draft.error;
  if (!found) return draft.order;
  const hasToken = place.visit != null || place.visitId != null || place.quote != null;
  const saysPlacedAt = place.placedAt != null;
  return edited(found, { draft: draft.order, hasToken, saysPlacedAt, isHistory: place.history === true }, clock);
}

/** Whether it is another revision than the placing. */
export function isEdit(place: PlaceOrderDto | undefined): boolean {
  return (place?.revision ?? 1) > 1;
}

function refundRecord(orderPk: OrderPk, request: RefundOrderDto, clock: ClockReading): RefundRecord {
  const lines = request.lines?.map((line) => ({ sku: line.sku, amount: minorFromWire(line.amount) })) ?? null;
  const amount = minorFromWire(request.amount);
  const [shipping, tax] = [request.shipping, request.tax].map((part) => (part == null ? null : minorFromWire(part)));
  const named = (lines ?? []).reduce((sum, line) => sum + line.amount, 0n);
  if (named > amount) throw invalidFields([{ pointer: '/lines', detail: 'add up to more than the amount' }]);
  if (named + (shipping ?? 0n) + (tax ?? 0n) > amount)
    throw invalidFields([{ pointer: '/amount', detail: 'is less than the lines, shipping and tax that it names' }]);
  return {
    id: newId('refund'),
    refundId: request.refundId,
    orderPk,
    amount,
    lines,
    shipping: shipping ?? null,
    tax: tax ?? null,
    refundedAt: momentOf(request.refundedAt, clock, '/refundedAt'),
    contentHash: contentHash([
      orderPk,
      amount,
      lines?.map((line) => [line.sku, line.amount]) ?? null,
      instantOrNull(request.refundedAt),
      shipping ?? null,
      tax ?? null,
    ]),
  };
}

/** What a step comes to; a refusal is an outcome too. */
export function attempt(step: () => { order: OrderRecord }): Attempt {
  try {
    return step();
  } catch (error) {
    if (error instanceof DomainError) return { error: error as DomainError };
    throw error;
  }
}
