import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Table } from '../../core/table.js';
import { newId, type ApiKeyId, type OrderPk, type StorefrontId } from '../../shared/ids.js';
import type { ContentConflict, OrderRecord, RefundRecord } from './order.js';
import { OrderConflictEntity } from './order-conflict.entity.js';
import { OrderEventEntity } from './order-event.entity.js';
import { OrderRevisionEntity } from './order-revision.entity.js';
import { HEAD_COLUMNS, merchantColumns, orderOf, ORDERS, rowOf } from './order-row.js';
import { RefundEntity } from './refund.entity.js';

const REFUNDS = new Table(RefundEntity);
const REVISIONS = new Table(OrderRevisionEntity);
const EVENTS = new Table(OrderEventEntity);
const CONFLICTS = new Table(OrderConflictEntity);

@Injectable()
export class OrderRepository {
  /** Locks orders by the storefront's ids, in their order, with their refunds; lines only when asked for. What others have locked is waited for, or a lock conflict. */
  async lockMany(
    tx: EntityManager,
    storefrontId: StorefrontId,
    orderIds: readonly string[],
    options: { lines: boolean; waits: boolean },
  ): Promise<Map<string, OrderRecord>> {
    const rows = await tx.query<object[]>(
      `SELECT ${options.lines ? ORDERS.list() : HEAD_COLUMNS} FROM shop_order
        WHERE storefront_id = ? AND order_id IN (?) ORDER BY order_id FOR UPDATE ${options.waits ? '' : 'NOWAIT'}`,
      [storefrontId, orderIds],
    );
    const orders = rows.map((row) => orderOf(ORDERS.rowOf(row)));
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
    const rows: { order_pk: OrderPk; content_hash: string }[] = await tx.query(
      'SELECT order_pk, content_hash FROM order_revision WHERE order_pk IN (?) AND revision = 1',
      [orderPks],
    );
    return new Map(rows.map((row) => [row.order_pk, row.content_hash]));
  }

  /** Refunds by our order ids, oldest first. */
  async refundsOf(tx: EntityManager, orderPks: readonly OrderPk[]): Promise<Map<OrderPk, RefundRecord[]>> {
    if (orderPks.length === 0) return new Map();
    const rows = await REFUNDS.find(tx, 'WHERE order_pk IN (?) ORDER BY id', [orderPks]);
    const refunds = new Map<OrderPk, RefundRecord[]>(orderPks.map((id) => [id, []]));
    for (const refund of rows) refunds.get(refund.orderPk)?.push(refund);
    return refunds;
  }

  /** Refunds of a storefront by its own ids, whichever order they are of. */
  async findRefunds(
    tx: EntityManager,
    storefrontId: StorefrontId,
    refundIds: readonly string[],
  ): Promise<Map<string, RefundRecord>> {
    if (refundIds.length === 0) return new Map();
    const refunds = await REFUNDS.find(tx, 'WHERE storefront_id = ? AND refund_id IN (?)', [storefrontId, refundIds]);
    return new Map(refunds.map((refund) => [refund.refundId, refund]));
  }

  /** Writes new orders as they stand. A unique key refuses one that exists. */
  async insertOrders(tx: EntityManager, orders: readonly OrderRecord[]): Promise<void> {
    await ORDERS.insert(tx, orders.map(rowOf));
  }

  /** Writes that placed orders were completed or cancelled. The orders must be locked. */
  async updateOrders(tx: EntityManager, orders: readonly OrderRecord[]): Promise<void> {
    const [first, ...others] = orders.map((order) => {
      const { id, state, amountPaid, completedAt, completionHash, cancelledAt } = order;
      return { id, state, amountPaid, completedAt, completionHash, cancelledAt, ...merchantColumns(order) };
    });
    if (!first) return;
    const { sql, parameters } = ORDERS.assignEach('id', [first, ...others]);
    const ids = orders.map(({ id }) => id);
    const result: { affectedRows: number } = await tx.query(
      `UPDATE shop_order SET ${sql} WHERE id IN (?) AND state = 'placed'`,
      [...parameters, ids],
    );
    if (result.affectedRows !== ids.length) throw new Error(`one of ${ids.join()} changed under its lock`);
  }

  /** Writes the latest revision of a placed order. The order must be locked. */
  async updateContent(tx: EntityManager, order: OrderRecord): Promise<void> {
    const { contentHash, revision, linesTotal, shipping, tax, shopperRef, quoteId, placedAt } = order;
    const content = { contentHash, revision, linesTotal, shipping, tax, shopperRef, quoteId, placedAt };
    const { sql, parameters } = ORDERS.assign({ ...content, lines: order.lines ?? [] });
    const result: { affectedRows: number } = await tx.query(
      `UPDATE shop_order SET ${sql} WHERE id = ? AND state = 'placed' AND revision = ?`,
      [...parameters, order.id, revision - order.newRevisions.length],
    );
    if (result.affectedRows !== 1) throw new Error(`order ${order.id} changed under its lock`);
  }

  /** Keeps what the edits of orders replaced, in the transaction that replaces it. */
  async insertRevisions(tx: EntityManager, orders: readonly OrderRecord[]): Promise<void> {
    await REVISIONS.insert(
      tx,
      orders.flatMap(({ id: orderPk, newRevisions }) => newRevisions.map((revision) => ({ orderPk, ...revision }))),
    );
  }

  async insertRefunds(tx: EntityManager, storefrontId: StorefrontId, refunds: readonly RefundRecord[]): Promise<void> {
    await REFUNDS.insert(
      tx,
      refunds.map((refund) => ({ storefrontId, ...refund })),
    );
  }

  /** Writes the new events of orders, in the transaction that makes them true. */
  async insertEvents(tx: EntityManager, orders: readonly OrderRecord[]): Promise<void> {
    await EVENTS.insert(
      tx,
      orders.flatMap(({ id: orderPk, newEvents }) => newEvents.map((event) => ({ orderPk, ...event, attempts: 0 }))),
    );
  }

  /** Writes down what was told again with other content; the same again is counted. */
  async recordConflicts(
    tx: EntityManager,
    storefrontId: StorefrontId,
    conflicts: readonly { orderId: string; keyId: ApiKeyId | ''; conflict: ContentConflict['conflict'] }[],
  ): Promise<void> {
    await CONFLICTS.insert(
      tx,
      conflicts.map(({ orderId, keyId, conflict }) => {
        return { id: newId('orderConflict'), storefrontId, keyId, orderId, ...conflict, timesSeen: 1 };
      }),
      'ON DUPLICATE KEY UPDATE times_seen = times_seen + 1, last_seen_at = CURRENT_TIMESTAMP(6)',
    );
  }
}
