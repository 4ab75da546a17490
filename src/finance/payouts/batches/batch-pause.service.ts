import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Logger } from '../../../core/logger.js';
import { StoreGauges } from '../../../core/store-gauges.js';
import { WakeUp } from '../../../core/wake-up.js';
import { refusal } from '../payout-refusal.js';
import type { PayoutEntity } from '../payouts.entities.js';
import { PayoutRepository } from '../payout.repository.js';
import { BatchPauseRepository } from './batch-pause.repository.js';
import { PAUSE_CAUSES, type RailAnswer } from '../rails/payout-rail.js';
import type { PayoutBatchId, PayoutId } from '../../../shared/ids.js';

/**
 * Batches of which nothing more is sent for now, because the operator's account or set-up at a rail is at fault: no
 * payout fails for that. A batch is retried automatically, or at once when a person says that the fault is mended.
 */
@Injectable()
export class BatchPauseService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly pauses: BatchPauseRepository,
    private readonly auditLog: AuditLog,
    private readonly wakeUp: WakeUp,
    private readonly logger: Logger,
    gauges: StoreGauges,
  ) {
    gauges.add(
      {
        name: 'yinke_payout_batches_paused',
        help: 'Batches that are not sent for now, by cause: top-up (the account lacks money) or operator (its set-up).',
        labelNames: ['cause'],
      },
      async () => {
        const counts = await pauses.count(unitOfWork.reader);
        return PAUSE_CAUSES.map((cause) => ({ labels: { cause }, value: counts.get(cause) ?? 0 }));
      },
    );
  }

  /** Whether nothing of the payout's batch is to be sent now. */
  isPaused(payoutId: PayoutId, at: Date): Promise<boolean> {
    return this.pauses.isPaused(this.unitOfWork.reader, payoutId, at);
  }

  /** Begins, prolongs or ends the pause of a batch by what its rail answered about one of its payouts. */
  async follow(tx: EntityManager, payout: PayoutEntity, answer: RailAnswer): Promise<void> {
    const { batchId } = payout;
    if (answer.kind === 'blocked') {
      const { cause, reason, afterMs } = answer;
      const batch = await this.payouts.lockBatch(tx, batchId);
      await this.pauses.pause(tx, batchId, { cause, reason, seconds: afterMs / 1000 });
      if (batch.pauseCause !== cause)
        this.logger.alert('payout-batch-paused', { batchId, rail: payout.rail, cause, reason });
    } else if (payout.state === 'submitting' && answer.kind !== 'try-later' && answer.kind !== 'unknown')
      await this.pauses.end(tx, batchId);
  }

  /** Tries the batch again at once. Throws `payout.batch-not-found` and `payout.wrong-state` when it is not paused. */
  async resumeBatch(by: Staff, batchId: PayoutBatchId): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { pauseCause } = await this.payouts.lockBatch(tx, batchId);
      if (pauseCause === null) throw refusal('payout.wrong-state', 'The batch is not paused.');
      await this.pauses.end(tx, batchId);
      await this.pauses.sendAtOnce(tx, batchId);
      await this.auditLog.record(tx, { principal: by, action: 'payout-batch.resumed', subject: batchId });
    });
    this.wakeUp.announce('payouts.submit', [batchId]);
  }
}
