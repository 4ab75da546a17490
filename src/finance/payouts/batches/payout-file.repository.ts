import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PayoutBatchId } from '../../../shared/ids.js';
import { OPEN_STATES } from '../payout.js';

interface Written {
  affectedRows: number;
}

/** Batches of some rails that were submitted and have payouts, but no file yet. */
const UNWRITTEN = `b.state = 'submitted' AND b.file_sha256 IS NULL AND b.rail IN (?)
  AND EXISTS (SELECT 1 FROM payout p WHERE p.batch_id = b.id AND p.state = 'submitting')`;

/** SQL of batches' files, and of what is kept of batches for a time. */
@Injectable()
export class PayoutFileRepository {
  /** Submitted batches over these rails that wait for their file and have a payout to put into it. */
  async findUnwritten(
    em: EntityManager,
    rails: readonly string[],
    batchIds: readonly PayoutBatchId[] | undefined,
  ): Promise<PayoutBatchId[]> {
    const rows = await em.query<{ id: PayoutBatchId }[]>(
      `SELECT id FROM payout_batch b WHERE ${UNWRITTEN} ${batchIds === undefined ? '' : 'AND id IN (?)'} ORDER BY id`,
      [rails, ...(batchIds === undefined ? [] : [batchIds])],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether a file of that currency over these rails waits to be written. */
  async isUnwritten(tx: EntityManager, rails: readonly string[], currency: string): Promise<boolean> {
    if (rails.length === 0) return false;
    const rows = await tx.query<unknown[]>(`SELECT 1 FROM payout_batch b WHERE ${UNWRITTEN} AND currency = ? LIMIT 1`, [
      rails,
      currency,
    ]);
    return rows.length > 0;
  }

  /** Batches whose files are kept no longer: for so many days nothing of them was open and nothing changed. */
  async findWithOldFiles(em: EntityManager, days: number, limit: number): Promise<PayoutBatchId[]> {
    const rows = await em.query<{ id: PayoutBatchId }[]>(
      `SELECT b.id FROM payout_batch b
        WHERE b.state IN ('submitted', 'withdrawn') AND b.made_at < NOW(6) - INTERVAL ? DAY AND b.files_deleted_at IS NULL
          AND (b.ended_at IS NULL OR b.ended_at < NOW(6) - INTERVAL ? DAY)
          AND EXISTS (SELECT 1 FROM payout_file f WHERE f.batch_id = b.id)
          AND NOT EXISTS (SELECT 1 FROM payout p WHERE p.batch_id = b.id
            AND (p.state IN (?) OR p.state_at >= NOW(6) - INTERVAL ? DAY))
        ORDER BY b.id LIMIT ?`,
      [days, days, OPEN_STATES, days, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Deletes every version of a batch's files; what they were stays in the batch. */
  async deleteFiles(tx: EntityManager, batchId: PayoutBatchId): Promise<void> {
    await tx.query('DELETE FROM payout_file WHERE batch_id = ?', [batchId]);
    await tx.query('UPDATE payout_batch SET files_deleted_at = NOW(6) WHERE id = ?', [batchId]);
  }

  /** Deletes who was not in batches that are older, so many at once; returns how many. */
  async deleteOldSkips(tx: EntityManager, days: number, limit: number): Promise<number> {
    const [newest]: { id: PayoutBatchId | null }[] = await tx.query(
      'SELECT MAX(id) id FROM payout_batch WHERE made_at < NOW(6) - INTERVAL ? DAY',
      [days],
    );
    if (!newest?.id) return 0;
    const { affectedRows }: Written = await tx.query(
      'DELETE FROM payout_skip WHERE batch_id <= ? ORDER BY batch_id, merchant_id LIMIT ?',
      [newest.id, limit],
    );
    return affectedRows;
  }
}
