import { Table } from '../../core/table.js';
import type { OrderRecord } from './order.js';
import { OrderEntity } from './order.entity.js';

export const ORDERS = new Table(OrderEntity);

/** Columns of an order without its lines, which are most of it. */
export const HEAD_COLUMNS = ORDERS.list(ORDERS.properties.filter((property) => property !== 'lines'));

/** An order from its row, which may come without the lines. */
export function orderOf(row: Omit<OrderEntity, 'lines'> & Partial<Pick<OrderEntity, 'lines'>>): OrderRecord {
  const { merchantState: state, merchantGroup: group, merchantWechatId: wechatId } = row;
  return {
    ...row,
    lines: row.lines ?? null,
    placedHash: row.contentHash,
    merchantAtCompletion: state === null ? null : { state, group, wechatId: wechatId ?? '' },
    refunds: [],
    newEvents: [],
    newRevisions: [],
  };
}

/** A new order's row. */
export function rowOf(order: OrderRecord): Omit<OrderEntity, 'createdAt' | 'changedAt'> {
  return {
    ...order,
    lines: order.lines ?? [],
    merchantId: order.attribution?.merchantId ?? null,
    ...merchantColumns(order),
  };
}

/** The columns of the merchant at completion. */
export function merchantColumns({ merchantAtCompletion: merchant }: OrderRecord) {
  return {
    merchantState: merchant?.state ?? null,
    merchantGroup: merchant?.group ?? null,
    merchantWechatId: merchant?.wechatId ?? null,
  };
}
