import { Injectable } from '@nestjs/common';
import { StorefrontDirectory } from '../../database/index.js';
import { Table } from '../../core/table.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import type { OrderEvent, OrderSnapshot } from './order-event-log.js';
import { eventsOf, orderEventOf, snapshotOf, type StoredEvent } from './order-event-log.repository.js';
import type { ReplacedRevision } from './order.js';
import type { OrderEventEntity } from './order-event.entity.js';
import { OrderRevisionEntity } from './order-revision.entity.js';
import { orderOf, ORDERS } from './order-row.js';

const REVISIONS = new Table(OrderRevisionEntity);

/** An event of an order, and what became of it. */
export type OrderEventView = OrderEvent &
  Pick<OrderEventEntity, 'state' | 'outcome' | 'reason' | 'journalId' | 'postedAt' | 'error'>;

/** An order with its history; refunds are among the events. */
export interface OrderView {
  order: OrderSnapshot;
  /** The revision that `order` is of: 1 as placed, one more for each edit. */
  revision: number;
  events: readonly OrderEventView[];
}

/** Orders by the moment of their completion, `to` exclusive; without a storefront those of all. */
export interface CompletedPeriod {
  from: Date;
  to: Date;
  storefrontId: string | null;
}

/** A place in the row of completed orders; `at` as the database writes it, to the microsecond. */
export interface CompletedKey {
  at: string;
  id: string;
}

/** Orders for other modules to show. */
export abstract class OrderReader {
  /** By the storefront's own id; staff, who have no storefront, may find several. */
  abstract findByOrderId(orderId: string, storefrontId?: string): Promise<OrderView[]>;
  /** By our ids (ord_…); unknown ones are left out. */
  abstract findMany(orderPks: readonly string[]): Promise<Map<string, OrderView>>;
  /** What the edits of an order replaced, oldest first, as far as the view goes. */
  abstract findReplaced(view: OrderView): Promise<ReplacedRevision[]>;
  abstract countCompleted(period: CompletedPeriod): Promise<number>;
  /** A page of completed orders after `after`, the longest completed first; `last` is null when there is none. */
  abstract findCompleted(
    period: CompletedPeriod,
    after: CompletedKey | null,
    limit: number,
  ): Promise<{ orders: readonly OrderView[]; last: CompletedKey | null }>;
}

@Injectable()
export class OrderReaderRepository extends OrderReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly storefronts: StorefrontDirectory,
  ) {
    super();
  }

  async findByOrderId(orderId: string, storefrontId?: string): Promise<OrderView[]> {
    const storefrontIds = storefrontId === undefined ? this.storefronts.all().map(({ id }) => id) : [storefrontId];
    if (storefrontIds.length === 0) return [];
    const ids: { id: string }[] = await this.unitOfWork.reader.query(
      'SELECT id FROM shop_order WHERE storefront_id IN (?) AND order_id = ? ORDER BY id LIMIT 20',
      [storefrontIds, orderId],
    );
    return [...(await this.findMany(ids.map(({ id }) => id))).values()];
  }

  async findMany(orderPks: readonly string[]): Promise<Map<string, OrderView>> {
    if (orderPks.length === 0) return new Map();
    const reader = this.unitOfWork.reader;
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
    const [row]: { count: string | number }[] = await this.unitOfWork.reader.query(
      `SELECT COUNT(*) AS count FROM shop_order WHERE ${where}`,
      values,
    );
    return Number(row?.count ?? 0);
  }

  async findCompleted(
    period: CompletedPeriod,
    after: CompletedKey | null,
    limit: number,
  ): Promise<{ orders: readonly OrderView[]; last: CompletedKey | null }> {
    const { where, values } = completedWithin(period);
    const rows: CompletedKey[] = await this.unitOfWork.reader.query(
      `SELECT id, CAST(completed_at AS CHAR) AS at FROM shop_order
        WHERE ${where} ${after === null ? '' : 'AND completed_at >= ? AND (completed_at > ? OR id > ?)'}
        ORDER BY completed_at, id LIMIT ?`,
      [...values, ...(after === null ? [] : [after.at, after.at, after.id]), limit],
    );
    const views = await this.findMany(rows.map(({ id }) => id));
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
