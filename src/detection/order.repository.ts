import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { insertRows } from '../database/index.js';
import { newId } from '../shared/ids.js';
import type { Attribution } from './attribution.js';
import { linesFromJson, linesToJson, refundLinesFromJson, refundLinesToJson } from './order-json.js';
import type { ContentConflict, OrderRecord, RefundRecord } from './order-record.js';
import type { OrderState } from './order-state.js';

/** A row of `shop_order` as the driver returns it. */
export interface OrderRow {
  id: string;
  storefront_id: string;
  order_id: string;
  state: OrderState;
  content_hash: string;
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

const COLUMNS = [
  'id',
  'storefront_id',
  'order_id',
  'state',
  'content_hash',
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

const HEAD = COLUMNS.filter((column) => column !== 'order_lines' && column !== 'merchant_id').join(', ');

/** Columns of a whole order, for reads. */
export const ORDER_COLUMNS = `${HEAD}, order_lines`;

export function orderOf(row: OrderRow): OrderRecord {
  return {
    id: row.id,
    storefrontId: row.storefront_id,
    orderId: row.order_id,
    state: row.state,
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

@Injectable()
export class OrderRepository {
  /** Locks orders by the storefront's ids, in their order, with their refunds; lines only when asked for. */
  async lockMany(
    tx: EntityManager,
    storefrontId: string,
    orderIds: readonly string[],
    options: { lines: boolean },
  ): Promise<Map<string, OrderRecord>> {
    const lines = options.lines ? 'order_lines' : 'NULL AS order_lines';
    const rows: OrderRow[] = await tx.query(
      `SELECT ${HEAD}, ${lines} FROM shop_order WHERE storefront_id = ? AND order_id IN (?) ORDER BY order_id FOR UPDATE`,
      [storefrontId, orderIds],
    );
    const orders = rows.map(orderOf);
    const refunds = await this.refundsOf(
      tx,
      orders.map((order) => order.id),
    );
    return new Map(orders.map((order) => [order.orderId, { ...order, refunds: refunds.get(order.id) ?? [] }]));
  }

  /** Refunds by our order ids, oldest first. */
  async refundsOf(tx: EntityManager, orderPks: readonly string[]): Promise<Map<string, RefundRecord[]>> {
    if (orderPks.length === 0) return new Map();
    const rows: RefundRow[] = await tx.query('SELECT * FROM refund WHERE order_pk IN (?) ORDER BY id', [orderPks]);
    const refunds = new Map<string, RefundRecord[]>(orderPks.map((id) => [id, []]));
    for (const row of rows) refunds.get(row.order_pk)?.push(refundOf(row));
    return refunds;
  }

  /** Refunds of a storefront by its own ids, whichever order they are of. */
  async findRefunds(
    tx: EntityManager,
    storefrontId: string,
    refundIds: readonly string[],
  ): Promise<Map<string, RefundRecord>> {
    if (refundIds.length === 0) return new Map();
    const rows: RefundRow[] = await tx.query('SELECT * FROM refund WHERE storefront_id = ? AND refund_id IN (?)', [
      storefrontId,
      refundIds,
    ]);
    return new Map(rows.map((row) => [row.refund_id, refundOf(row)]));
  }

  /** Writes new orders as they stand. A unique key refuses one that exists. */
  async insertOrders(tx: EntityManager, orders: readonly OrderRecord[]): Promise<void> {
    await insertRows(tx, 'shop_order', COLUMNS, orders.map(rowOf));
  }

  /** Writes that a placed order was completed or cancelled. The order must be locked. */
  async updateOrder(tx: EntityManager, order: OrderRecord): Promise<void> {
    const result: { affectedRows: number } = await tx.query(
      `UPDATE shop_order SET state = ?, amount_paid = ?, completed_at = ?, completion_hash = ?, merchant_state = ?,
         merchant_group = ?, merchant_wechat_id = ?, cancelled_at = ? WHERE id = ? AND state = 'placed'`,
      [
        order.state,
        order.amountPaid?.toString() ?? null,
        order.completedAt,
        order.completionHash,
        order.merchantAtCompletion?.state ?? null,
        order.merchantAtCompletion?.group ?? null,
        order.merchantAtCompletion?.wechatId ?? null,
        order.cancelledAt,
        order.id,
      ],
    );
    if (result.affectedRows !== 1) throw new Error(`order ${order.id} changed under its lock`);
  }

  async insertRefunds(tx: EntityManager, storefrontId: string, refunds: readonly RefundRecord[]): Promise<void> {
    await insertRows(
      tx,
      'refund',
      [
        'id',
        'storefront_id',
        'refund_id',
        'order_pk',
        'amount',
        'refund_lines',
        'shipping',
        'tax',
        'refunded_at',
        'content_hash',
      ],
      refunds.map((refund) => [
        refund.id,
        storefrontId,
        refund.refundId,
        refund.orderPk,
        refund.amount.toString(),
        refund.lines && refundLinesToJson(refund.lines),
        refund.shipping?.toString() ?? null,
        refund.tax?.toString() ?? null,
        refund.refundedAt,
        refund.contentHash,
      ]),
    );
  }

  /** Writes the new events of orders, in the transaction that makes them true. */
  async insertEvents(tx: EntityManager, orders: readonly OrderRecord[]): Promise<void> {
    await insertRows(
      tx,
      'order_event',
      ['id', 'order_pk', 'type', 'refund_pk', 'state', 'payload_hash', 'attempts'],
      orders.flatMap((order) =>
        order.newEvents.map((event) => [
          event.id,
          order.id,
          event.type,
          event.refundPk,
          event.state,
          event.payloadHash,
          0,
        ]),
      ),
    );
  }

  /** Writes down what was told again with other content; the same again is counted. */
  async recordConflicts(
    tx: EntityManager,
    caller: { storefrontId: string; keyId: string },
    conflicts: readonly { orderId: string; conflict: ContentConflict['conflict'] }[],
  ): Promise<void> {
    await insertRows(
      tx,
      'order_event_conflict',
      ['id', 'storefront_id', 'order_id', 'type', 'refund_id', 'known_hash', 'other_hash', 'key_id', 'times_seen'],
      conflicts.map(({ orderId, conflict }) => [
        newId('orderConflict'),
        caller.storefrontId,
        orderId,
        conflict.type,
        conflict.refundId,
        conflict.knownHash,
        conflict.otherHash,
        caller.keyId,
        1,
      ]),
      'ON DUPLICATE KEY UPDATE times_seen = times_seen + 1, last_seen_at = CURRENT_TIMESTAMP(6)',
    );
  }
}

function rowOf(order: OrderRecord): unknown[] {
  return [
    order.id,
    order.storefrontId,
    order.orderId,
    order.state,
    order.contentHash,
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
