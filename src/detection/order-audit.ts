import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';

/** What the audit asks about order events (invariants 4, 14 and 15). */
export abstract class OrderAudit {
  /** Posted events with a journal, in id order after `after` ('' for the first page). */
  abstract postedAfter(after: string, limit: number): Promise<{ eventId: string; journalId: string }[]>;
  /** The journal of each of these events; null when it has none, and absent when there is no such event. */
  abstract journalsOf(eventIds: readonly string[]): Promise<Map<string, string | null>>;
  /** Events that nobody has posted for longer than this, parked ones too; the oldest first. */
  abstract overdue(olderThanSeconds: number, limit: number): Promise<{ eventId: string; state: string }[]>;
  /** Things told again with other content of which more than one event was made; there must be none. */
  abstract conflictsPostedTwice(limit: number): Promise<string[]>;
}

@Injectable()
export class OrderAuditRepository extends OrderAudit {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  postedAfter(after: string, limit: number): Promise<{ eventId: string; journalId: string }[]> {
    return this.unitOfWork.reader.query(
      `SELECT id AS eventId, journal_id AS journalId FROM order_event
        WHERE id > ? AND state = 'posted' AND outcome = 'journal' ORDER BY id LIMIT ?`,
      [after, limit],
    );
  }

  async journalsOf(eventIds: readonly string[]): Promise<Map<string, string | null>> {
    if (eventIds.length === 0) return new Map();
    const rows: { id: string; journal_id: string | null }[] = await this.unitOfWork.reader.query(
      'SELECT id, journal_id FROM order_event WHERE id IN (?)',
      [eventIds],
    );
    return new Map(rows.map((row) => [row.id, row.journal_id]));
  }

  overdue(olderThanSeconds: number, limit: number): Promise<{ eventId: string; state: string }[]> {
    return this.unitOfWork.reader.query(
      `SELECT id AS eventId, state FROM order_event
        WHERE state IN ('waiting', 'parked') AND created_at <= CURRENT_TIMESTAMP(6) - INTERVAL ? SECOND
        ORDER BY created_at, id LIMIT ?`,
      [olderThanSeconds, limit],
    );
  }

  async conflictsPostedTwice(limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.unitOfWork.reader.query(
      `SELECT c.id FROM order_event_conflict c
         JOIN shop_order o ON o.storefront_id = c.storefront_id AND o.order_id = c.order_id
         JOIN order_event e ON e.order_pk = o.id AND e.type = c.type
         LEFT JOIN refund r ON r.id = e.refund_pk
        WHERE COALESCE(r.refund_id, '') = c.refund_id
        GROUP BY c.id HAVING COUNT(*) > 1 LIMIT ?`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}
