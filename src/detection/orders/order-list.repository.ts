import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions } from '../../core/conditions.js';
import type { RowOf } from '../../core/table.js';
import type { MerchantId, OrderPk, StorefrontId } from '../../shared/ids.js';
import type { OpenPeriod } from '../../shared/page.dto.js';
import type { MomentKey } from '../../shared/page.js';
import { ORDERS } from './order-row.js';
import type { OrderEntity } from './order.entity.js';
import type { OrderState } from './order-state.js';

const HEAD = [
  'id',
  'storefrontId',
  'orderId',
  'state',
  'currency',
  'linesTotal',
  'shipping',
  'tax',
  'shopperRef',
  'merchantId',
  'attribution',
  'placedAt',
  'amountPaid',
  'completedAt',
  'cancelledAt',
] as const satisfies readonly (keyof OrderEntity)[];

/** An order in a list: all but its lines and events. */
export interface OrderHead extends Pick<RowOf<OrderEntity>, (typeof HEAD)[number]> {
  /** What was given back so far, minor units. */
  refunded: bigint;
  /** Its place in the list. */
  key: MomentKey<OrderPk>;
}

/** Which orders to list; `from` and `to` are of the placing. */
export interface OrderFilter extends OpenPeriod {
  /** Only of these storefronts. */
  storefrontIds: readonly StorefrontId[];
  merchantId?: MerchantId | undefined;
  state?: OrderState | undefined;
  /** The storefront's own order id, exactly. */
  orderId?: string | undefined;
}

/** Orders in lists, the latest placed first. Each page reads an index from where the page before ended. */
@Injectable()
export class OrderListRepository {
  /** Orders after `after`. */
  async list(tx: EntityManager, filter: OrderFilter, after: MomentKey | null, limit: number): Promise<OrderHead[]> {
    const keys = await this.findKeys(tx, filter, after, limit);
    if (keys.length === 0) return [];
    const ids = keys.map(({ id }) => id);
    const rows = await tx.query<object[]>(`SELECT ${ORDERS.list(HEAD)} FROM shop_order WHERE id IN (?)`, [ids]);
    const heads = new Map(rows.map((raw) => ORDERS.rowOf(raw)).map((row) => [row.id, row]));
    const refunded = await this.sumRefunds(tx, ids);
    return keys.flatMap((key) => {
      const head = heads.get(key.id);
      return head ? [{ ...head, refunded: refunded.get(key.id) ?? 0n, key }] : [];
    });
  }

  /** A merchant's or an order id's rows are looked up in one index; all others in that of each storefront, which are few. */
  private findKeys(
    tx: EntityManager,
    { storefrontIds, merchantId, state, orderId, from, to }: OrderFilter,
    after: MomentKey | null,
    limit: number,
  ): Promise<MomentKey<OrderPk>[]> {
    if (storefrontIds.length === 0) return Promise.resolve([]);
    const oneIndex = merchantId !== undefined || orderId !== undefined;
    const parts = (oneIndex ? [storefrontIds] : storefrontIds.map((id) => [id])).map((ids) =>
      new Conditions()
        .and('storefront_id IN (?)', ids)
        .and('order_id = ?', orderId)
        .and('merchant_id = ?', merchantId)
        .and('state = ?', state)
        .and('placed_at >= ?', from)
        .and('placed_at < ?', to)
        .and('placed_at <= ? AND (placed_at < ? OR id < ?)', after?.at, after?.at, after?.id),
    );
    const order = 'ORDER BY placed_at DESC, id DESC LIMIT ?';
    const select = ({ sql }: Conditions) => `(SELECT id, placed_at FROM shop_order WHERE ${sql} ${order})`;
    return tx.query(
      `SELECT id, CAST(placed_at AS CHAR) at FROM (${parts.map(select).join(' UNION ALL ')}) listed ${order}`,
      [...parts.flatMap(({ values }) => [...values, limit]), limit],
    );
  }

  private async sumRefunds(tx: EntityManager, orderPks: readonly OrderPk[]): Promise<Map<OrderPk, bigint>> {
    const rows: { order_pk: OrderPk; amount: string }[] = await tx.query(
      'SELECT order_pk, SUM(amount) amount FROM refund WHERE order_pk IN (?) GROUP BY order_pk',
      [orderPks],
    );
    return new Map(rows.map((row) => [row.order_pk, BigInt(row.amount)]));
  }
}
