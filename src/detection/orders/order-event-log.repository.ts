import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Table, type RowOf } from '../../core/table.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import {
  OrderEventLog,
  type ClaimedOrder,
  type EventSettlement,
  type OrderEvent,
  type OrderSnapshot,
  type RefundContent,
  type WaitingEvent,
} from './order-event-log.js';
import type { OrderRecord } from './order.js';
import { OrderEventEntity } from './order-event.entity.js';
import { orderOf, ORDERS } from './order-row.js';
import { RefundEntity } from './refund.entity.js';
import type { OrderEventId, OrderPk } from '../../shared/ids.js';

const EVENTS = new Table(OrderEventEntity);
const REFUNDS = new Table(RefundEntity);

/** Open events of one state that are counted, at most. */
const COUNTED = 100_000;

/** An event as its row says, with the refund that it is about. */
export type StoredEvent = RowOf<OrderEventEntity> & {
  refund: (RefundContent & Pick<RefundEntity, 'refundId' | 'refundedAt'>) | null;
};

/** Every event of these orders, the completion first, then the refunds by id. */
export async function eventsOf(tx: EntityManager, orderPks: readonly OrderPk[]): Promise<Map<OrderPk, StoredEvent[]>> {
  const events = new Map<OrderPk, StoredEvent[]>(orderPks.map((id) => [id, []]));
  if (orderPks.length === 0) return events;
  const refund = REFUNDS.list(['refundId', 'amount', 'lines', 'shipping', 'tax', 'refundedAt'], 'r');
  const rows = await tx.query<{ refund_id: string | null }[]>(
    `SELECT ${EVENTS.list(undefined, 'e')}, ${refund} FROM order_event e LEFT JOIN refund r ON r.id = e.refund_pk
      WHERE e.order_pk IN (?) ORDER BY e.order_pk, e.type, e.id`,
    [orderPks],
  );
  for (const row of rows) {
    const event = EVENTS.rowOf(row);
    events.get(event.orderPk)?.push({ ...event, refund: row.refund_id === null ? null : REFUNDS.rowOf(row) });
  }
  return events;
}

/** An order as those see it who settle or show its events: its lines were loaded. */
export function snapshotOf(order: OrderRecord): OrderSnapshot {
  return { ...order, lines: order.lines ?? [] };
}

/** {@link OrderEventLog} in SQL: a claim is three statements however many events it has. */
@Injectable()
export class OrderEventLogRepository extends OrderEventLog {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async claim(tx: EntityManager, eventIds: readonly OrderEventId[]): Promise<ClaimedOrder[]> {
    if (eventIds.length === 0) return [];
    const claimed: { id: OrderEventId; order_pk: OrderPk }[] = await tx.query(
      // By their ids: a scan of what waits would hold rows of others for a moment, which those would skip.
      `SELECT id, order_pk FROM order_event FORCE INDEX (PRIMARY)
        WHERE id IN (?) AND state = 'waiting' ORDER BY id FOR UPDATE SKIP LOCKED`,
      [[...new Set(eventIds)]],
    );
    if (claimed.length === 0) return [];
    const claimedIds = new Set(claimed.map(({ id }) => id));
    const orderPks = [...new Set(claimed.map(({ order_pk }) => order_pk))];
    const orders = await ORDERS.find(tx, 'WHERE id IN (?) ORDER BY id FOR UPDATE', [orderPks]);
    // Events change only under their order's lock, so a plain read after it sees them as they are.
    const events = await eventsOf(tx, orderPks);
    return orders.map((row) => claimedOrder(snapshotOf(orderOf(row)), events.get(row.id) ?? [], claimedIds));
  }

  async settle(tx: EntityManager, settlements: readonly EventSettlement[]): Promise<void> {
    const journals = settlements.filter((s) => s.state === 'posted' && s.outcome === 'journal');
    const nothings = settlements.filter((s) => s.state === 'posted' && s.outcome === 'nothing');
    const kept = settlements.filter((s) => s.state === 'kept');
    await this.settleMany(
      tx,
      journals.map((s) => s.eventId),
      "state = 'posted', outcome = 'journal', posted_at = CURRENT_TIMESTAMP(6), journal_id",
      journals.map((s) => s.journalId),
    );
    await this.settleMany(
      tx,
      nothings.map((s) => s.eventId),
      "state = 'posted', outcome = 'nothing', posted_at = CURRENT_TIMESTAMP(6), reason",
      nothings.map((s) => s.reason.slice(0, 500)),
    );
    await this.settleMany(
      tx,
      kept.map((s) => s.eventId),
      "state = 'kept', reason",
      kept.map(() => null),
    );
  }

  async park(tx: EntityManager, eventId: OrderEventId, error: string): Promise<void> {
    await tx.query(
      `UPDATE order_event SET state = 'parked', error = ?, attempts = attempts + 1
        WHERE id = ? AND state IN ('waiting', 'kept')`,
      [error.slice(0, 1000), eventId],
    );
  }

  async findWaitingOf(eventIds: readonly OrderEventId[]): Promise<WaitingEvent[]> {
    if (eventIds.length === 0) return [];
    return this.unitOfWork.reader.query(
      `SELECT e.id, e.order_pk orderPk, o.merchant_id merchantId
        FROM order_event e FORCE INDEX (PRIMARY) JOIN shop_order o ON o.id = e.order_pk
        WHERE e.id IN (?) AND e.state = 'waiting'`,
      [[...new Set(eventIds)]],
    );
  }

  async findWaiting(olderThanMs: number, limit: number): Promise<OrderEventId[]> {
    const rows: { id: OrderEventId }[] = await this.unitOfWork.reader.query(
      `SELECT id FROM order_event
        WHERE state = 'waiting' AND created_at <= CURRENT_TIMESTAMP(6) - INTERVAL ? MICROSECOND
        ORDER BY created_at, id LIMIT ?`,
      [olderThanMs * 1000, limit],
    );
    return rows.map(({ id }) => id);
  }

  async oldestWaitingSeconds(): Promise<number> {
    const [row]: { seconds: string | number }[] = await this.unitOfWork.reader.query(
      `SELECT COALESCE(TIMESTAMPDIFF(MICROSECOND, MIN(created_at), CURRENT_TIMESTAMP(6)) / 1000000, 0) AS seconds
         FROM order_event WHERE state = 'waiting'`,
    );
    return Math.max(0, Number(row?.seconds ?? 0));
  }

  async countOpen(): Promise<Record<'waiting' | 'kept' | 'parked', number>> {
    const count = (state: string) =>
      `(SELECT COUNT(*) FROM (SELECT 1 FROM order_event WHERE state = '${state}' LIMIT ${COUNTED}) x) AS ${state}`;
    const [row]: Record<'waiting' | 'kept' | 'parked', string>[] = await this.unitOfWork.reader.query(
      `SELECT ${['waiting', 'kept', 'parked'].map(count).join(', ')}`,
    );
    const { waiting, kept, parked } = row ?? { waiting: 0, kept: 0, parked: 0 };
    return { waiting: Number(waiting), kept: Number(kept), parked: Number(parked) };
  }

  /** `assignment` ends in a column that takes the event's own value. Every event must still be open. */
  private async settleMany(
    tx: EntityManager,
    eventIds: readonly OrderEventId[],
    assignment: string,
    values: readonly (string | null)[],
  ): Promise<void> {
    if (eventIds.length === 0) return;
    const cases = eventIds.map(() => 'WHEN ? THEN ?').join(' ');
    const result: { affectedRows: number } = await tx.query(
      `UPDATE order_event SET attempts = attempts + 1, error = NULL, ${assignment} = CASE id ${cases} END
        WHERE id IN (?) AND state IN ('waiting', 'kept')`,
      [...eventIds.flatMap((id, index) => [id, values[index]]), eventIds],
    );
    if (result.affectedRows !== eventIds.length)
      throw new Error(`${result.affectedRows} of ${eventIds.length} order events were still open to be settled`);
  }
}

function claimedOrder(
  order: OrderSnapshot,
  rows: readonly StoredEvent[],
  claimed: ReadonlySet<OrderEventId>,
): ClaimedOrder {
  const completion = rows.find((row) => row.type === 'order.completed');
  const withKept = completion !== undefined && claimed.has(completion.id);
  return {
    order,
    events: rows
      .filter((row) => claimed.has(row.id) || (withKept && row.state === 'kept'))
      .map((row) => orderEventOf(row)),
    completionSettled: completion?.state === 'posted' || completion?.state === 'dismissed',
    settledRefunds: rows.flatMap((row) => (row.refund && row.state === 'posted' ? [row.refund] : [])),
  };
}

/** An event from its row. */
export function orderEventOf({ id, orderPk, createdAt, requestId, type, refund }: StoredEvent): OrderEvent {
  const event = { id, orderPk, recordedAt: createdAt, requestId };
  if (type === 'order.completed') return { ...event, type };
  if (refund === null) throw new Error(`order event ${id} has no refund`);
  return { ...event, type, ...refund };
}
