import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Tables of rows that have an end, after which they are only in the way. */
export const EXPIRING = [
  'idempotency_key',
  'staff_session',
  'staff_invitation',
  'merchant_session',
  'one_time_code',
] as const;

@Injectable()
export class ExpiryRepository {
  /** Deletes rows past their end by the database's clock, so many at once; how many there were. */
  async deleteExpired(tx: EntityManager, table: (typeof EXPIRING)[number], limit: number): Promise<number> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `DELETE FROM ${table} WHERE expires_at <= NOW(6) LIMIT ?`,
      [limit],
    );
    return affectedRows;
  }
}
