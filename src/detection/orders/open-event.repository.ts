import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PageRequest } from '../../shared/page.js';
import type { OpenEventDto } from './open-event.dto.js';
import type { DismissalState } from './order-event-dismissal.entity.js';
import type { OrderEventId, StaffId, StorefrontId } from '../../shared/ids.js';

export type OpenState = OpenEventDto['state'];

/** An event with its order's and refund's names, as the driver returns them. */
export interface OpenEventRow {
  id: OrderEventId;
  type: OpenEventDto['type'];
  state: OpenState;
  order_id: string;
  storefront_id: StorefrontId;
  refund_id: string | null;
  error: string | null;
  attempts: number;
  created_at: Date;
  dismissal: DismissalState | null;
  dismissal_reason: string;
  made_by: StaffId;
  made_at: Date;
  decided_by: StaffId | null;
  decided_at: Date | null;
}

const SELECT = `SELECT e.id, e.type, e.state, o.order_id, o.storefront_id, r.refund_id, e.error, e.attempts, e.created_at,
    d.state dismissal, d.reason dismissal_reason, d.made_by, d.made_at, d.decided_by, d.decided_at
  FROM order_event e JOIN shop_order o ON o.id = e.order_pk LEFT JOIN refund r ON r.id = e.refund_pk
  LEFT JOIN order_event_dismissal d ON d.event_id = e.id`;

/** Order events that are not posted. */
@Injectable()
export class OpenEventRepository {
  /** The oldest first: one more than the page holds. */
  list(tx: EntityManager, state: OpenState, page: PageRequest): Promise<OpenEventRow[]> {
    return tx.query(`${SELECT} WHERE e.state = ? AND e.id > ? ORDER BY e.id LIMIT ?`, [
      state,
      page.after ?? '',
      page.limit + 1,
    ]);
  }

  async find(tx: EntityManager, id: OrderEventId): Promise<OpenEventRow | null> {
    const [row] = await tx.query<OpenEventRow[]>(`${SELECT} WHERE e.id = ?`, [id]);
    return row ?? null;
  }

  /** The event, for nobody else until the transaction ends. */
  async lock(tx: EntityManager, id: OrderEventId): Promise<OpenEventRow | null> {
    await tx.query('SELECT id FROM order_event WHERE id = ? FOR UPDATE', [id]);
    return this.find(tx, id);
  }

  /** Lets a locked event wait again. */
  async requeue(tx: EntityManager, id: OrderEventId): Promise<void> {
    await tx.query("UPDATE order_event SET state = 'waiting' WHERE id = ?", [id]);
    await tx.query(
      "UPDATE order_event_dismissal SET state = 'withdrawn' WHERE event_id = ? AND state = 'awaiting-approval'",
      [id],
    );
  }

  /** Notes that somebody asks for the dismissal of a locked event. */
  async askDismissal(tx: EntityManager, id: OrderEventId, reason: string, by: StaffId): Promise<void> {
    await tx.query(
      `REPLACE INTO order_event_dismissal (event_id, state, reason, made_by, made_at)
       VALUES (?, 'awaiting-approval', ?, ?, CURRENT_TIMESTAMP(6))`,
      [id, reason, by],
    );
  }

  async decideDismissal(tx: EntityManager, id: OrderEventId, to: 'approved' | 'rejected', by: StaffId): Promise<void> {
    await tx.query(
      'UPDATE order_event_dismissal SET state = ?, decided_by = ?, decided_at = CURRENT_TIMESTAMP(6) WHERE event_id = ?',
      [to, by, id],
    );
  }

  /** Ends a locked event without a posting. Refunds that were kept for a completion wait no more; returns them. */
  async dismiss(tx: EntityManager, { id, type }: Pick<OpenEventRow, 'id' | 'type'>): Promise<OrderEventId[]> {
    await tx.query("UPDATE order_event SET state = 'dismissed' WHERE id = ?", [id]);
    if (type !== 'order.completed') return [];
    const kept: { id: OrderEventId }[] = await tx.query(
      `SELECT k.id FROM order_event k JOIN order_event e ON e.order_pk = k.order_pk
        WHERE e.id = ? AND k.state = 'kept' ORDER BY k.id FOR UPDATE`,
      [id],
    );
    const ids = kept.map((row) => row.id);
    if (ids.length > 0) await tx.query("UPDATE order_event SET state = 'waiting' WHERE id IN (?)", [ids]);
    return ids;
  }
}
