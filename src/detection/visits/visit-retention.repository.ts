import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isLockConflict } from '../../core/driver-error.js';
import { firstIdAt } from '../../shared/ids.js';
import { endedMonths, missingMonths, partitionList, type VisitPartition } from './visit-partitions.js';

/** Seconds for which a change of the partitions waits for those who read visits; whoever wants to write one waits behind it. */
const PATIENCE = 1;

/** What of the table of visits is old, and the partitions that it consists of. Every moment is the database's. */
@Injectable()
export class VisitRetentionRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Notes that visits of before so many days ago are deleted from now on; that moment. It never goes back. */
  async markDeleted(tx: EntityManager, days: number): Promise<Date> {
    await tx.query(
      `INSERT INTO visit_retention (id, deleted_until) VALUES (1, NOW(6) - INTERVAL ? DAY)
        ON DUPLICATE KEY UPDATE deleted_until = GREATEST(deleted_until, VALUES(deleted_until))`,
      [days],
    );
    const [row] = await tx.query<[{ deleted_until: Date }]>('SELECT deleted_until FROM visit_retention WHERE id = 1');
    return row.deleted_until;
  }

  /** Deletes so many visits that were recorded before a moment; how many there were. */
  async deleteBefore(tx: EntityManager, until: Date, limit: number): Promise<number> {
    const sql = 'DELETE FROM visit WHERE id < ? ORDER BY id LIMIT ?';
    return (await tx.query<{ affectedRows: number }>(sql, [firstIdAt('visit', until), limit])).affectedRows;
  }

  /** The partitions that there are, in order; none where the table has none. */
  async partitions(em: EntityManager): Promise<VisitPartition[]> {
    const rows = await em.query<{ name: string; before: string }[]>(
      `SELECT PARTITION_NAME name, PARTITION_DESCRIPTION \`before\` FROM information_schema.PARTITIONS
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'visit' AND PARTITION_NAME IS NOT NULL
        ORDER BY PARTITION_ORDINAL_POSITION`,
    );
    return rows.map(({ name, before }) => ({
      name,
      before: before === 'MAXVALUE' ? null : before.replaceAll("'", ''),
    }));
  }

  /** Makes the partitions of this month and the next ones where they are missing; what came late into the last one is moved. */
  async makeMonths(now: Date): Promise<number> {
    const known = await this.partitions(this.dataSource.manager);
    const missing = known.length === 0 ? [] : missingMonths(known, now);
    if (missing.length === 0) return 0;
    await this.alter(`ALTER TABLE visit REORGANIZE PARTITION later INTO (${partitionList(missing)})`);
    return missing.length;
  }

  /** Drops the partitions whose visits are all of before a moment; how many there were. */
  async dropMonths(until: Date): Promise<number> {
    const ended = endedMonths(await this.partitions(this.dataSource.manager), until);
    if (ended.length > 0)
      await this.alter(`ALTER TABLE visit DROP PARTITION ${ended.map(({ name }) => name).join(', ')}`);
    return ended.length;
  }

  /** A change of the table commits by itself. Throws what {@link isBusy} knows while somebody has read visits for long. */
  private async alter(sql: string): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.query(`SET SESSION lock_wait_timeout = ${PATIENCE.toString()}`);
      await runner.query(sql);
    } finally {
      await runner.query('SET SESSION lock_wait_timeout = DEFAULT').finally(() => runner.release());
    }
  }
}

/** Whether a change of the partitions is to be tried again later. */
export const isBusy = isLockConflict;
