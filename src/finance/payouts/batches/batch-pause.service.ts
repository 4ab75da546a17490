import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Logger } from '../../../core/logger.js';
import { WakeUp } from '../../../core/wake-up.js';
import { refusal } from '../payout-refusal.js';
import type { PayoutEntity } from '../payouts.entities.js';
import { PayoutRepository } from '../payout.repository.js';
import { PAUSE_CAUSES, type RailAnswer } from '../rails/payout-rail.js';

/**
 * Batches of which nothing more is sent for now, because the operator's account or set-up at a rail is at fault: no
 * payout fails for that. A batch is retried automatically, or at once when a person says that the fault is mended.
 */
@Injectable()
export class BatchPauseService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly auditLog: AuditLog,
    private readonly wakeUp: WakeUp,
    private readonly logger: Logger,
    registry: Registry,
  ) {
    new Gauge({
      name: 'yinke_payout_batches_paused',
      help: 'Batches that are not sent for now, by cause: top-up (the account lacks money) or operator (its set-up).',
      labelNames: ['cause'] as const,
      registers: [registry],
      async collect() {
        const rows = await unitOfWork.reader
          .query<{ pause_cause: string; n: string }[]>(
            "SELECT pause_cause, COUNT(*) n FROM payout_batch WHERE state = 'submitted' AND pause_cause IS NOT NULL GROUP BY pause_cause",
          )
          .catch(() => null);
        for (const cause of PAUSE_CAUSES) {
          const row = rows?.find((one) => one.pause_cause === cause);
          this.set({ cause }, rows === null ? NaN : Number(row?.n ?? 0));
        }
      },
    });
  }

  /** Whether nothing of the payout's batch is to be sent now. */
  async isPaused(payoutId: string, at: Date): Promise<boolean> {
    const rows: unknown[] = await this.unitOfWork.reader.query(
      'SELECT 1 FROM payout p JOIN payout_batch b ON b.id = p.batch_id WHERE p.id = ? AND b.pause_until > ?',
      [payoutId, at],
    );
    return rows.length > 0;
  }

  /** Begins, prolongs or ends the pause of a batch by what its rail answered about one of its payouts. */
  async follow(tx: EntityManager, payout: PayoutEntity, answer: RailAnswer): Promise<void> {
    const { batchId } = payout;
    if (answer.kind === 'blocked') {
      const { cause, reason, afterMs } = answer;
      const batch = await this.payouts.lockBatch(tx, batchId);
      await tx.query(
        `UPDATE payout_batch SET pause_cause = ?, pause_reason = ?, paused_at = COALESCE(paused_at, NOW(6)),
           pause_until = NOW(6) + INTERVAL ? SECOND WHERE id = ?`,
        [cause, reason, afterMs / 1000, batchId],
      );
      if (batch.pauseCause !== cause)
        this.logger.error('ALERT a payout batch is paused', { batchId, rail: payout.rail, cause, reason });
    } else if (payout.state === 'submitting' && answer.kind !== 'try-later' && answer.kind !== 'unknown')
      await this.end(tx, batchId);
  }

  /** Tries the batch again at once. Throws `payout.batch-not-found` and `payout.wrong-state` when it is not paused. */
  async resumeBatch(by: Staff, batchId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { pauseCause } = await this.payouts.lockBatch(tx, batchId);
      if (pauseCause === null) throw refusal('payout.wrong-state', 'The batch is not paused.');
      await this.end(tx, batchId);
      await tx.query("UPDATE payout SET next_attempt_at = NOW(6) WHERE batch_id = ? AND state = 'submitting'", [
        batchId,
      ]);
      await this.auditLog.record(tx, { principal: by, action: 'payout-batch.resumed', subject: batchId });
    });
    this.wakeUp.announce('payouts.submit', [batchId]);
  }

  private async end(tx: EntityManager, batchId: string): Promise<void> {
    await tx.query(
      `UPDATE payout_batch SET pause_cause = NULL, pause_reason = NULL, paused_at = NULL, pause_until = NULL
       WHERE id = ? AND pause_cause IS NOT NULL`,
      [batchId],
    );
  }
}
