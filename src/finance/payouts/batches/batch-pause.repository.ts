import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PauseCause } from '../rails/payout-rail.js';
import type { PayoutBatchId, PayoutId } from '../../../shared/ids.js';

/** Pauses of batches, by the database's clock. */
@Injectable()
export class BatchPauseRepository {
  /** How many submitted batches are paused, by cause. */
  async count(tx: EntityManager): Promise<Map<string, number>> {
    const rows: { pause_cause: string; n: string }[] = await tx.query(
      "SELECT pause_cause, COUNT(*) n FROM payout_batch WHERE pause_until IS NOT NULL AND state = 'submitted' GROUP BY pause_cause",
    );
    return new Map(rows.map((row) => [row.pause_cause, Number(row.n)]));
  }

  /** Whether nothing of the payout's batch is to be sent at this moment. */
  async isPaused(tx: EntityManager, payoutId: PayoutId, at: Date): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      'SELECT 1 FROM payout p JOIN payout_batch b ON b.id = p.batch_id WHERE p.id = ? AND b.pause_until > ?',
      [payoutId, at],
    );
    return rows.length > 0;
  }

  /** Begins or prolongs a pause. */
  async pause(
    tx: EntityManager,
    batchId: PayoutBatchId,
    { cause, reason, seconds }: { cause: PauseCause; reason: string; seconds: number },
  ): Promise<void> {
    await tx.query(
      `UPDATE payout_batch SET pause_cause = ?, pause_reason = ?, paused_at = COALESCE(paused_at, NOW(6)),
         pause_until = NOW(6) + INTERVAL ? SECOND WHERE id = ?`,
      [cause, reason, seconds, batchId],
    );
  }

  async end(tx: EntityManager, batchId: PayoutBatchId): Promise<void> {
    await tx.query(
      `UPDATE payout_batch SET pause_cause = NULL, pause_reason = NULL, paused_at = NULL, pause_until = NULL
       WHERE id = ? AND pause_cause IS NOT NULL`,
      [batchId],
    );
  }

  /** Makes every payout of the batch that is still to be sent due now. */
  async sendAtOnce(tx: EntityManager, batchId: PayoutBatchId): Promise<void> {
    await tx.query("UPDATE payout SET next_attempt_at = NOW(6) WHERE batch_id = ? AND state = 'submitting'", [batchId]);
  }
}
