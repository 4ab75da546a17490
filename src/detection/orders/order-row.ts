import type { Attribution } from '../visits/index.js';
import { linesFromJson, linesToJson, refundLinesFromJson } from './order-json.js';
import type { OrderRecord, RefundRecord } from './order.js';
import type { OrderState } from './order-state.js';

/** A row of `shop_order` as the driver returns it. */
export interface OrderRow {
  id: string;
  storefront_id: string;
  order_id: string;
  state: OrderState;
  content_hash: string;
  revision: number;
  currency: string;
  order_lines: string | null;
  lines_total: string;
  shipping: string;
  tax: string;
  shopper_ref: string | null;
  visit_id: string | null;
  quote_id: string | null;
  attribution: string | null;
  placed_at: Date;
  amount_paid: string | null;
  completed_at: Date | null;
  completion_hash: string | null;
  merchant_state: NonNullable<OrderRecord['merchantAtCompletion']>['state'] | null;
  merchant_group: string | null;
  merchant_wechat_id: string | null;
  cancelled_at: Date | null;
}

/** A row of `refund` as the driver returns it. */
export interface RefundRow {
  id: string;
  refund_id: string;
  order_pk: string;
  amount: string;
  refund_lines: string | null;
  shipping: string | null;
  tax: string | null;
  refunded_at: Date;
  content_hash: string;
}

/** Columns of an order, for writes. */
export const WRITTEN_COLUMNS = [
  'id',
  'storefront_id',
  'order_id',
  'state',
  'content_hash',
  'revision',
  'currency',
  'order_lines',
  'lines_total',
  'shipping',
  'tax',
  'shopper_ref',
  'visit_id',
  'quote_id',
  'merchant_id',
  'attribution',
  'placed_at',
  'amount_paid',
  'completed_at',
  'completion_hash',
  'merchant_state',
  'merchant_group',
  'merchant_wechat_id',
  'cancelled_at',
];

/** Columns of an order without its lines, for reads. */
export const HEAD_COLUMNS = WRITTEN_COLUMNS.filter(
  (column) => column !== 'order_lines' && column !== 'merchant_id',
).join(', ');

/** Columns of a whole order, for reads. */
export const ORDER_COLUMNS = `${HEAD_COLUMNS}, order_lines`;

export function orderOf(row: OrderRow): OrderRecord {
  return {
    id: row.id,
    storefrontId: row.storefront_id,
    orderId: row.order_id,
    state: row.state,
    revision: row.revision,
    placedHash: row.content_hash,
    contentHash: row.content_hash,
    currency: row.currency,
    lines: row.order_lines === null ? null : linesFromJson(row.order_lines),
    linesTotal: BigInt(row.lines_total),
    shipping: BigInt(row.shipping),
    tax: BigInt(row.tax),
    shopperRef: row.shopper_ref,
    visitId: row.visit_id,
    quoteId: row.quote_id,
    attribution: row.attribution === null ? null : (JSON.parse(row.attribution) as Attribution),
    placedAt: row.placed_at,
    amountPaid: row.amount_paid === null ? null : BigInt(row.amount_paid),
    completedAt: row.completed_at,
    completionHash: row.completion_hash,
    merchantAtCompletion:
      row.merchant_state === null
        ? null
        : { state: row.merchant_state, group: row.merchant_group, wechatId: row.merchant_wechat_id ?? '' },
    cancelledAt: row.cancelled_at,
    refunds: [],
    newEvents: [],
    newRevisions: [],
  };
}

export function refundOf(row: RefundRow): RefundRecord {
  return {
    id: row.id,
    refundId: row.refund_id,
    orderPk: row.order_pk,
    amount: BigInt(row.amount),
    lines: row.refund_lines === null ? null : refundLinesFromJson(row.refund_lines),
    shipping: row.shipping === null ? null : BigInt(row.shipping),
    tax: row.tax === null ? null : BigInt(row.tax),
    refundedAt: row.refunded_at,
    contentHash: row.content_hash,
  };
}

/** The values of {@link WRITTEN_COLUMNS}. */
export function rowOf(order: OrderRecord): unknown[] {
  return [
    order.id,
    order.storefrontId,
    order.orderId,
    order.state,
    order.contentHash,
    order.revision,
    order.currency,
    linesToJson(order.lines ?? []),
    order.linesTotal.toString(),
    order.shipping.toString(),
    order.tax.toString(),
    order.shopperRef,
    order.visitId,
    order.quoteId,
    order.attribution?.merchantId ?? null,
    order.attribution && JSON.stringify(order.attribution),
    order.placedAt,
    order.amountPaid?.toString() ?? null,
    order.completedAt,
    order.completionHash,
    order.merchantAtCompletion?.state ?? null,
    order.merchantAtCompletion?.group ?? null,
    order.merchantAtCompletion?.wechatId ?? null,
    order.cancelledAt,
  ];
}
