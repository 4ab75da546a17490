import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PageRequest } from '../../shared/page.js';
import type { OpenEventDto } from './open-event.dto.js';
import type { OrderEventId, StorefrontId } from '../../shared/ids.js';

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
}

const SELECT = `SELECT e.id, e.type, e.state, o.order_id, o.storefront_id, r.refund_id, e.error, e.attempts, e.created_at
  FROM order_event e JOIN shop_order o ON o.id = e.order_pk LEFT JOIN refund r ON r.id = e.refund_pk`;

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

  /** Lets a parked event wait again; false when it is not parked. */
  async requeue(tx: EntityManager, id: OrderEventId): Promise<boolean> {
    const result: { affectedRows: number } = await tx.query(
      "UPDATE order_event SET state = 'waiting' WHERE id = ? AND state = 'parked'",
      [id],
    );
    return result.affectedRows > 0;
  }
}
