import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LastAuditView } from './audit.dto.js';

/** A result, and how old it is by the database's clock. */
export interface KeptAudit {
  result: LastAuditView;
  ageSeconds: number;
}

@Injectable()
export class AuditResultRepository {
  /** Now, by the database. */
  async findNow(tx: EntityManager): Promise<Date> {
    const [row] = await tx.query<{ now: Date }[]>('SELECT CURRENT_TIMESTAMP(6) now');
    if (!row) throw new Error('the database has no time');
    return row.now;
  }

  async findLast(tx: EntityManager): Promise<KeptAudit | null> {
    const [row] = await tx.query<{ result: string; age: string }[]>(
      'SELECT result, TIMESTAMPDIFF(SECOND, at, CURRENT_TIMESTAMP(6)) age FROM audit_result WHERE id = 1',
    );
    return row ? { result: JSON.parse(row.result) as LastAuditView, ageSeconds: Number(row.age) } : null;
  }

  /** Keeps a result, unless a later one is there: audits of two workers may overtake each other. */
  async keep(tx: EntityManager, at: Date, result: LastAuditView): Promise<void> {
    const row = [at, result.clean ? 1 : 0, JSON.stringify(result)];
    await tx.query(
      `INSERT INTO audit_result (id, at, clean, result) VALUES (1, ?, ?, ?)
        ON DUPLICATE KEY UPDATE clean = IF(VALUES(at) >= at, VALUES(clean), clean),
          result = IF(VALUES(at) >= at, VALUES(result), result), at = GREATEST(at, VALUES(at))`,
      row,
    );
  }
}
