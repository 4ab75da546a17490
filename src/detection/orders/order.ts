import type { MerchantCard } from '../../database/index.js';
import { DomainError, invalidFields } from '../../shared/domain-error.js';
import type { OrderErrorCode } from './errors.js';
import type { OrderEventEntity } from './order-event.entity.js';
import type { OrderSnapshot } from './order-event-log.js';
import type { OrderRevisionEntity } from './order-revision.entity.js';
import type { OrderEntity } from './order.entity.js';
import type { RefundEntity } from './refund.entity.js';
import type { OrderLine } from '../../pricing/index.js';
import { assertTransition } from './order-state.js';

export type RefundRecord = Omit<RefundEntity, 'storefrontId' | 'createdAt'>;

/**
 * An event row that is still to be written. A refund that comes before the completion is kept, and claimed with it.
 */
export type NewOrderEvent = EventOrigin &
  Pick<OrderEventEntity, 'type' | 'refundPk' | 'payloadHash'> & { state: 'waiting' | 'kept' };

/** The id of an event that is to be written, and the request that tells of it. */
export type EventOrigin = Pick<OrderEventEntity, 'id' | 'requestId'>;

/** The content of an order before an edit. */
export type ReplacedRevision = Omit<OrderRevisionEntity, 'orderPk'>;

/** Columns that an {@link OrderRecord} says in another way, or not at all. */
type Unsaid =
  'lines' | 'merchantId' | 'merchantState' | 'merchantGroup' | 'merchantWechatId' | 'createdAt' | 'changedAt';

/** What is known of an order while it is being changed. Never changed in place: each step makes a new record. */
export type OrderRecord = Omit<OrderEntity, Unsaid> & {
  /** Hash of the request that placed it. */
  placedHash: string;
  /** Null when they were not loaded. */
  lines: readonly OrderLine[] | null;
  merchantAtCompletion: OrderSnapshot['merchantAtCompletion'];
  refunds: readonly RefundRecord[];
  newEvents: readonly NewOrderEvent[];
  /** Revisions that were replaced, still to be written. */
  newRevisions: readonly ReplacedRevision[];
};

/** The same thing told again with other content. It is answered 409, and written down (invariant 15). */
export class ContentConflict extends DomainError<OrderErrorCode> {
  constructor(
    code: 'order.conflict' | 'refund.conflict',
    detail: string,
    readonly conflict: {
      type: 'order.placed' | 'order.completed' | 'order.refunded';
      refundId: string;
      knownHash: string;
      otherHash: string;
    },
  ) {
    super(code, detail);
  }
}

/** All that the shopper was asked for. */
export function orderTotal(order: Pick<OrderRecord, 'linesTotal' | 'shipping' | 'tax'>): bigint {
  return order.linesTotal + order.shipping + order.tax;
}

function refundedTotal(order: OrderRecord): bigint {
  return sumOf(order.refunds, ({ amount }) => amount);
}

export interface Completion {
  event: EventOrigin;
  amountPaid: bigint;
  completedAt: Date;
  /** Hash of the request. */
  hash: string;
}

/**
 * The purchase is complete. The same completion again changes nothing. `merchant` is the attributed merchant as it
 * stands now. Less than shipping and tax may be paid, by gift card say: then nothing was paid for merchandise. Throws
 * `order.conflict`, `order.wrong-state`, `order.paid-more-than-lines`, `refund.more-than-paid`.
 */
export function completed(order: OrderRecord, completion: Completion, merchant: MerchantCard | undefined): OrderRecord {
  if (order.completionHash === completion.hash) return order;
  if (order.completionHash !== null) {
    const conflict = {
      type: 'order.completed',
      refundId: '',
      knownHash: order.completionHash,
      otherHash: completion.hash,
    } as const;
    throw new ContentConflict('order.conflict', `Order ${order.orderId} was completed with other content.`, conflict);
  }
  assertTransition(order.state, 'completed');
  const { amountPaid, completedAt, hash } = completion;
  const basis = amountPaid - order.shipping - order.tax;
  if (basis > order.linesTotal)
    throw refusal('order.paid-more-than-lines', 'Without shipping and tax more was paid than the lines add up to.');
  if (refundedTotal(order) > amountPaid)
    throw refusal('refund.more-than-paid', 'More was refunded already than was paid now.');
  return {
    ...order,
    state: 'completed',
    amountPaid,
    completedAt,
    completionHash: hash,
    merchantAtCompletion: merchant
      ? { state: merchant.state, group: merchant.group, wechatId: merchant.wechatId }
      : null,
    newEvents: [
      ...order.newEvents,
      { ...completion.event, type: 'order.completed', refundPk: '', state: 'waiting', payloadHash: hash },
    ],
  };
}

/**
 * The storefront gave something back. Throws `refund.conflict`, `refund.more-than-paid`, `refund.more-than-left`,
 * `order.wrong-state`.
 */
export function refunded(
  order: OrderRecord,
  refund: RefundRecord,
  origin: EventOrigin,
  known: RefundRecord | undefined,
): OrderRecord {
  if (known) {
    if (known.contentHash === refund.contentHash) return order;
    const conflict = {
      type: 'order.refunded',
      refundId: refund.refundId,
      knownHash: known.contentHash,
      otherHash: refund.contentHash,
    } as const;
    throw new ContentConflict(
      'refund.conflict',
      `Refund ${refund.refundId} was recorded with other content.`,
      conflict,
    );
  }
  if (order.state === 'cancelled') throw refusal('order.wrong-state', 'The order is cancelled: nothing was paid.');
  assertSkus(order, refund);
  const after = { ...order, refunds: [...order.refunds, refund] };
  assertRefundsFit(after);
  const event: NewOrderEvent = {
    ...origin,
    type: 'order.refunded',
    refundPk: refund.id,
    state: order.state === 'completed' ? 'waiting' : 'kept',
    payloadHash: refund.contentHash,
  };
  return { ...after, newEvents: [...order.newEvents, event] };
}

/** The purchase will not happen. Again changes nothing. Throws `order.already-completed`. */
export function cancelled(order: OrderRecord, at: Date): OrderRecord {
  if (order.state === 'cancelled') return order;
  assertTransition(order.state, 'cancelled');
  return { ...order, state: 'cancelled', cancelledAt: at };
}

function assertSkus(order: OrderRecord, refund: RefundRecord): void {
  if (!refund.lines) return;
  const skus = new Set(order.lines?.map((line) => line.sku));
  const errors = refund.lines
    .map((line, index) => ({
      pointer: `/lines/${index}/sku`,
      detail: 'is not in the order',
      known: skus.has(line.sku),
    }))
    .filter((error) => !error.known)
    .map(({ pointer, detail }) => ({ pointer, detail }));
  if (errors.length > 0) throw invalidFields(errors);
}

/**
 * All refunds together are never more than was paid, or is to be paid, and what they name never more than the order has
 * of it: of a product's lines what they came to, and of shipping and tax. Throws `refund.more-than-paid`,
 * `refund.more-than-left`.
 */
export function assertRefundsFit(order: OrderRecord): void {
  if (refundedTotal(order) > (order.amountPaid ?? orderTotal(order)))
    throw refusal('refund.more-than-paid', 'All refunds together would be more than was paid.');
  // Lines are not loaded for a refund that names none: then nothing of them changes.
  const named = order.lines === null ? [] : order.refunds.flatMap(({ lines }) => lines ?? []);
  const left = new Map<string, bigint>(named.map(({ sku }) => [sku, 0n]));
  for (const { sku, lineTotal } of named.length === 0 ? [] : (order.lines ?? []))
    left.set(sku, (left.get(sku) ?? 0n) + lineTotal);
  for (const { sku, amount } of named) {
    const rest = (left.get(sku) ?? 0n) - amount;
    if (rest < 0n) throw refusal('refund.more-than-left', `Refunds of ${sku} would be more than its lines came to.`);
    left.set(sku, rest);
  }
  for (const part of ['shipping', 'tax'] as const) {
    if (sumOf(order.refunds, (one) => one[part] ?? 0n) > order[part])
      throw refusal('refund.more-than-left', `Refunds of ${part} would be more than the order has.`);
  }
}

function sumOf<T>(items: readonly T[], of: (item: T) => bigint): bigint {
  return items.reduce((sum, item) => sum + of(item), 0n);
}

function refusal(code: OrderErrorCode, detail: string): DomainError {
  return new DomainError<OrderErrorCode>(code, detail);
}
