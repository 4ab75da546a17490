import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Rows that are counted: what follows FROM, with its values. */
export interface CountedRows {
  sql: string;
  values: readonly unknown[];
}

@Injectable()
export class WaitingCountRepository {
  /** How many rows there are, counting no further than `limit`. */
  async count(tx: EntityManager, { sql, values }: CountedRows, limit: number): Promise<number> {
    const [row]: { count: string }[] = await tx.query(
      `SELECT COUNT(*) count FROM (SELECT 1 FROM ${sql} LIMIT ?) counted`,
      [...values, limit],
    );
    return Number(row?.count ?? 0);
  }
}
