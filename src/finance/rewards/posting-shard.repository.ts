import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Shards are locked before everything else, until the end of the transaction. A shard whose row is gone is locked by nobody. */
@Injectable()
export class PostingShardRepository {
  /** Locks a shard, unless somebody has locked it; false then. */
  async tryLock(tx: EntityManager, shard: number): Promise<boolean> {
    const rows: unknown[] = await tx.query('SELECT id FROM posting_shard WHERE id = ? FOR UPDATE SKIP LOCKED', [shard]);
    return rows.length > 0;
  }

  /** Locks a shard as soon as nobody else has it. */
  async lock(tx: EntityManager, shard: number): Promise<void> {
    await tx.query('SELECT id FROM posting_shard WHERE id = ? FOR UPDATE', [shard]);
  }
}
