import { DomainError, type FieldError } from '../../shared/domain-error.js';
import type { OrderErrorCode } from './errors.js';
import { assertNotBefore, type ClockReading } from './order-moments.js';
import { assertRefundsFit, ContentConflict, type OrderRecord } from './order.js';

/** An edit as it came: the order as this request alone would place it, and what the request does not say. */
export interface Edit {
  draft: OrderRecord;
  /** It brings a visit or quote token; without one the order keeps its attribution. */
  hasToken: boolean;
  /** It says when the order was placed; else that stays. */
  saysPlacedAt: boolean;
  /** The order is imported: it may have been placed before the visit. */
  isHistory: boolean;
}

/**
 * Whether this revision was told before: the placing, whatever was edited since, or the latest one. Throws
 * `order.conflict` when it was, with other content.
 */
export function isTold(order: OrderRecord, revision: number, hash: string): boolean {
  if (revision !== 1 && revision !== order.revision) return false;
  const knownHash = revision === 1 ? order.placedHash : order.contentHash;
  if (knownHash === hash) return true;
  const detail =
    revision === 1
      ? `Order ${order.orderId} was placed with other content.`
      : `Revision ${revision} of order ${order.orderId} has other content.`;
  const conflict = { type: 'order.placed', refundId: '', knownHash, otherHash: hash } as const;
  throw new ContentConflict('order.conflict', detail, conflict);
}

/** Throws unless `revision` may be made now: `order.already-completed`, `order.wrong-state`, `order.wrong-revision`. */
export function assertNextRevision(order: OrderRecord, revision: number): void {
  if (order.state === 'completed')
    throw refusal('order.already-completed', 'The order is complete: record a refund instead.');
  if (order.state !== 'placed') throw refusal('order.wrong-state', `An order that is ${order.state} cannot be edited.`);
  const next = order.revision + 1;
  if (revision !== next)
    throw refusal('order.wrong-revision', `The latest revision is ${order.revision}: an edit makes revision ${next}.`);
}

/**
 * The placed order with new content; what is replaced is kept. The merchant stays the one of the placing. Throws
 * `order.attribution-fixed`, `refund.more-than-paid`, `refund.more-than-left`,
 * `order.impossible-moment`.
 */
export function edited(order: OrderRecord, edit: Edit, clock: ClockReading): OrderRecord {
  const { draft, hasToken, saysPlacedAt } = edit;
  if (order.lines === null) throw new Error(`lines of order ${order.id} are not loaded`);
  if (
    hasToken &&
    (draft.attribution?.merchantId !== order.attribution?.merchantId ||
      draft.attribution?.visitId !== order.attribution?.visitId)
  )
    throw refusal(
      'order.attribution-fixed',
      'The tokens name another merchant or visit than the order was placed with.',
    );
  const { contentHash, lines, linesTotal, shipping, tax, shopperRef, quoteId } = draft;
  const { revision, placedAt } = order;
  const after: OrderRecord = {
    ...order,
    ...{ contentHash, lines, linesTotal, shipping, tax, shopperRef, quoteId },
    revision: revision + 1,
    placedAt: saysPlacedAt ? draft.placedAt : placedAt,
    newRevisions: [
      ...order.newRevisions,
      {
        revision,
        contentHash: order.contentHash,
        lines: order.lines,
        linesTotal: order.linesTotal,
        shipping: order.shipping,
        tax: order.tax,
        shopperRef: order.shopperRef,
        quoteId: order.quoteId,
        placedAt,
        replacedAt: clock.now,
      },
    ],
  };
  assertRefundsFit(after);
  if (saysPlacedAt) assertPlacedInTime(after, edit.isHistory, clock);
  return after;
}

/** Throws `order.impossible-moment` when an order would be placed before its visit, or after a refund. */
function assertPlacedInTime(order: OrderRecord, isHistory: boolean, clock: ClockReading): void {
  const { attribution, placedAt } = order;
  if (attribution && !isHistory)
    assertNotBefore(placedAt, new Date(attribution.attributedAt), clock, {
      pointer: '/placedAt',
      what: 'the visit that brought the shopper',
    });
  for (const { refundedAt } of order.refunds)
    if (refundedAt.getTime() < placedAt.getTime() - clock.skewMs) {
      const detail = `is after a refund at ${refundedAt.toISOString()}`;
      throw refusal('order.impossible-moment', `The moment ${detail}.`, [{ pointer: '/placedAt', detail }]);
    }
}

function refusal(code: OrderErrorCode, detail: string, errors?: FieldError[]): DomainError {
  return new DomainError<OrderErrorCode>(code, detail, errors);
}
