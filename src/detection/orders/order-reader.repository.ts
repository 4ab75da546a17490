import { Injectable } from '@nestjs/common';
import { StorefrontDirectory } from '../../database/index.js';
import { Table } from '../../core/table.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { eventsOf, orderEventOf, snapshotOf, type StoredEvent } from './order-event-log.repository.js';
import {
  OrderReader,
  type CompletedKey,
  type CompletedPeriod,
  type OrderEventView,
  type OrderView,
} from './order-reader.js';
import { OrderRevisionEntity } from './order-revision.entity.js';
import { orderOf, ORDERS } from './order-row.js';
import type { ReplacedRevision } from './order.js';
import type { OrderPk, StorefrontId } from '../../shared/ids.js';

const REVISIONS = new Table(OrderRevisionEntity);

/** {@link OrderReader} in SQL. */
@Injectable()
export class OrderReaderRepository extends OrderReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly storefronts: StorefrontDirectory,
  ) {
    super();
  }

  async findByOrderId(orderId: string, storefrontId?: StorefrontId): Promise<OrderView[]> {
    const storefrontIds = storefrontId === undefined ? this.storefronts.all().map(({ id }) => id) : [storefrontId];
    if (storefrontIds.length === 0) return [];
    const ids: { id: OrderPk }[] = await this.unitOfWork.reader.query(
      'SELECT id FROM shop_order WHERE storefront_id IN (?) AND order_id = ? ORDER BY id LIMIT 20',
      [storefrontIds, orderId],
    );
    return [...(await this.findMany(ids.map(({ id }) => id))).values()];
  }

  async findMany(orderPks: readonly OrderPk[], reader = this.unitOfWork.reader): Promise<Map<OrderPk, OrderView>> {
    if (orderPks.length === 0) return new Map();
    const rows = await ORDERS.find(reader, 'WHERE id IN (?) ORDER BY id', [orderPks]);
    const events = await eventsOf(
      reader,
      rows.map(({ id }) => id),
    );
    return new Map(
      rows.map((row) => [
        row.id,
        {
          order: snapshotOf(orderOf(row)),
          revision: row.revision,
          events: (events.get(row.id) ?? []).map(eventViewOf),
        },
      ]),
    );
  }

  async findReplaced({ order, revision }: OrderView): Promise<ReplacedRevision[]> {
    if (revision === 1) return [];
    const rest = 'WHERE order_pk = ? AND revision < ? ORDER BY revision';
    return REVISIONS.find(this.unitOfWork.reader, rest, [order.id, revision]);
  }

  async countCompleted(period: CompletedPeriod): Promise<number> {
    const { where, values } = completedWithin(period);
    const [row]: { count: string | number }[] = await (
      await this.unitOfWork.heavyReader()
    ).query(`SELECT COUNT(*) AS count FROM shop_order WHERE ${where}`, values);
    return Number(row?.count ?? 0);
  }

  async findCompleted(
    period: CompletedPeriod,
    after: CompletedKey | null,
    limit: number,
  ): Promise<{ orders: readonly OrderView[]; last: CompletedKey | null }> {
    const { where, values } = completedWithin(period);
    const reader = await this.unitOfWork.heavyReader();
    const rows: CompletedKey[] = await reader.query(
      `SELECT id, CAST(completed_at AS CHAR) AS at FROM shop_order
        WHERE ${where} ${after === null ? '' : 'AND completed_at >= ? AND (completed_at > ? OR id > ?)'}
        ORDER BY completed_at, id LIMIT ?`,
      [...values, ...(after === null ? [] : [after.at, after.at, after.id]), limit],
    );
    const views = await this.findMany(
      rows.map(({ id }) => id),
      reader,
    );
    const orders = rows.map(({ id }) => views.get(id)).filter((view) => view !== undefined);
    return { orders, last: rows.at(-1) ?? null };
  }
}

function completedWithin({ from, to, storefrontId }: CompletedPeriod): { where: string; values: unknown[] } {
  const where = "state = 'completed' AND completed_at >= ? AND completed_at < ?";
  return storefrontId === null
    ? { where, values: [from, to] }
    : { where: `${where} AND storefront_id = ?`, values: [from, to, storefrontId] };
}

function eventViewOf(row: StoredEvent): OrderEventView {
  const { state, outcome, reason, journalId, postedAt, error } = row;
  return { ...orderEventOf(row), state, outcome, reason, journalId, postedAt, error };
}
