import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PayoutBatchEntity } from '../payouts.entities.js';
import type { PayoutCalendar } from './payout-calendar.js';
import type { PayoutScheduleId } from '../../../shared/ids.js';

@Injectable()
export class PayoutScheduleRepository {
  /** Active schedules that are due by the database's clock, the longest due first. */
  findDue(tx: EntityManager): Promise<{ id: PayoutScheduleId; problem: string | null }[]> {
    return tx.query(
      "SELECT id, problem FROM payout_schedule WHERE state = 'active' AND next_due_at <= NOW(6) ORDER BY next_due_at, id",
    );
  }

  /** The calendar of the schedule that drafted the batch, else of one of its rail and currency, else of one of its currency. */
  async findCalendarOf(
    tx: EntityManager,
    { id, currency, rail }: Pick<PayoutBatchEntity, 'id' | 'currency' | 'rail'>,
  ): Promise<PayoutCalendar | null> {
    const [row]: { calendar: string }[] = await tx.query(
      `SELECT s.calendar FROM payout_schedule s LEFT JOIN payout_schedule_run r ON r.schedule_id = s.id AND r.batch_id = ?
       WHERE r.batch_id IS NOT NULL OR (s.state = 'active' AND s.currency = ?)
       ORDER BY r.batch_id IS NULL, s.rail <> ?, s.changed_at DESC LIMIT 1`,
      [id, currency, rail],
    );
    return row === undefined ? null : (JSON.parse(row.calendar) as PayoutCalendar);
  }
}
