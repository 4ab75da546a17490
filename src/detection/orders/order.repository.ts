import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { insertRows } from '../../core/columns.js';
import { newId } from '../../shared/ids.js';
import { linesToJson, refundLinesToJson } from './order-json.js';
import type { ContentConflict, OrderRecord, RefundRecord } from './order.js';
import { REVISION_COLUMNS, revisionRowOf } from './order-revision-row.js';
import { HEAD_COLUMNS, orderOf, refundOf, rowOf, WRITTEN_COLUMNS, type OrderRow, type RefundRow } from './order-row.js';

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
      `SELECT ${HEAD_COLUMNS}, ${lines} FROM shop_order WHERE storefront_id = ? AND order_id IN (?) ORDER BY order_id FOR UPDATE`,
      [storefrontId, orderIds],
    );
    const orders = rows.map(orderOf);
    const refunds = await this.refundsOf(
      tx,
      orders.map((order) => order.id),
    );
    const placedHashes = await this.placedHashes(tx, orders);
    return new Map(
      orders.map((order) => [
        order.orderId,
        {
          ...order,
          placedHash: placedHashes.get(order.id) ?? order.contentHash,
          refunds: refunds.get(order.id) ?? [],
        },
      ]),
    );
  }

  /** The hashes of the placings of orders that were edited since. */
  private async placedHashes(tx: EntityManager, orders: readonly OrderRecord[]): Promise<Map<string, string>> {
    const orderPks = orders.filter(({ revision }) => revision > 1).map(({ id }) => id);
    if (orderPks.length === 0) return new Map();
    const rows: { order_pk: string; content_hash: string }[] = await tx.query(
      'SELECT order_pk, content_hash FROM order_revision WHERE order_pk IN (?) AND revision = 1',
      [orderPks],
    );
    return new Map(rows.map((row) => [row.order_pk, row.content_hash]));
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
    await insertRows(tx, 'shop_order', WRITTEN_COLUMNS, orders.map(rowOf));
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

  /** Writes the latest revision of a placed order. The order must be locked. */
  async updateContent(tx: EntityManager, order: OrderRecord): Promise<void> {
    const result: { affectedRows: number } = await tx.query(
      `UPDATE shop_order SET content_hash = ?, revision = ?, order_lines = ?, lines_total = ?, shipping = ?, tax = ?,
         shopper_ref = ?, quote_id = ?, placed_at = ? WHERE id = ? AND state = 'placed' AND revision = ?`,
      [
        order.contentHash,
        order.revision,
        linesToJson(order.lines ?? []),
        order.linesTotal.toString(),
        order.shipping.toString(),
        order.tax.toString(),
        order.shopperRef,
        order.quoteId,
        order.placedAt,
        order.id,
        order.revision - order.newRevisions.length,
      ],
    );
    if (result.affectedRows !== 1) throw new Error(`order ${order.id} changed under its lock`);
  }

  /** Keeps what the edits of orders replaced, in the transaction that replaces it. */
  async insertRevisions(tx: EntityManager, orders: readonly OrderRecord[]): Promise<void> {
    await insertRows(
      tx,
      'order_revision',
      REVISION_COLUMNS,
      orders.flatMap((order) => order.newRevisions.map((revision) => revisionRowOf(order.id, revision))),
    );
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
