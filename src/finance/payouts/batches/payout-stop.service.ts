import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../../access/index.js';
import { databaseNow } from '../../../core/database-now.js';
import { Logger } from '../../../core/logger.js';
import { creditEntries } from '../../ledger/index.js';
import type { PayoutBatchId, PayoutId } from '../../../shared/ids.js';
import type { StopReason } from '../payout-batch.js';
import { inTransitEntry, payoutEntry, PayoutPosting } from '../payout-posting.js';
import { refusalAbout } from '../payout-refusal.js';
import { PayoutRepository } from '../payout.repository.js';
import type { PayoutBatchEntity, PayoutEntity } from '../payouts.entities.js';
import { BatchCheck, type Stopped } from './batch-check.service.js';

/**
 * Takes out of an approved batch whose merchant must not be paid now: money does not leave after a stop, whatever was
 * approved before it. The payout keeps its place, so that what was approved stays bound; only less of it is sent. Its
 * money is the merchant's again, a negative balance first.
 */
@Injectable()
export class PayoutStopService {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly check: BatchCheck,
    private readonly posting: PayoutPosting,
    private readonly auditLog: AuditLog,
    private readonly logger: Logger,
  ) {}

  /**
   * Takes payouts out of a locked batch before it is submitted, with what the ledger has reserved for them. Throws
   * `payout.empty-batch` when nothing would be left to send.
   */
  async takeOutApproved(
    tx: EntityManager,
    batch: PayoutBatchEntity,
    payouts: readonly PayoutEntity[],
    at: Date,
  ): Promise<Stopped[]> {
    const stopped = await this.check.findStopped(tx, batch, payouts);
    if (stopped.length === 0) return [];
    if (stopped.length === payouts.length)
      throw refusalAbout('payout.empty-batch', 'None of its merchants may be paid now: cancel the batch.', stopped);
    for (const [stopReason, some] of byReason(stopped))
      await this.payouts.movePayouts(tx, some, 'approved', { state: 'cancelled', stateAt: at, stopReason });
    const gone = stopped.map(({ payout }) => payout);
    await this.posting.post(tx, gone, 'cancelled', at, (book, payout) => {
      const { id: payoutId, merchantId, currency: asset, amount } = payout;
      return [
        payoutEntry(payout, 'reserved', -amount),
        ...creditEntries(book, { merchantId, asset, amount, payoutId }),
      ];
    });
    return stopped;
  }

  /** Tells the log, once it is committed, which payouts were not sent. */
  tell(batchId: PayoutBatchId, stopped: readonly Stopped[]): void {
    for (const { payout, reason } of stopped)
      this.logger.warn('a payout was taken out of its batch and not sent', { batchId, payoutId: payout.id, reason });
  }

  /**
   * Why a payout over a rail that is called must not be sent now; null: it may be. One that was never sent is taken out
   * at once; one that was may have arrived, so that the rail is only asked about it.
   */
  async stopUnsent(tx: EntityManager, id: PayoutId): Promise<StopReason | null> {
    const payout = (await this.payouts.lockPayouts(tx, [id])).get(id);
    if (!payout) return null;
    const { rail, currency, state, attempts } = payout;
    const [stopped] = await this.check.findStopped(tx, { rail, currency, fileFormat: null }, [payout]);
    if (!stopped) return null;
    if (state === 'submitting' && attempts === 0) await this.withdrawUnsent(tx, [stopped]);
    return stopped.reason;
  }

  /**
   * Takes payouts out of a locked batch that was submitted, while its first file is still to be written: the process died in
   * between, and the stop came meanwhile. Returns how many are left to be paid.
   */
  async takeOutUnwritten(tx: EntityManager, batch: PayoutBatchEntity): Promise<number> {
    const payouts = await this.payouts.findSent(tx, batch.id);
    const stopped = await this.check.findStopped(tx, batch, payouts);
    await this.withdrawUnsent(tx, stopped);
    return payouts.length - stopped.length;
  }

  /** The bank never heard of these: their money is the merchants' again. */
  private async withdrawUnsent(tx: EntityManager, stopped: readonly Stopped[]): Promise<void> {
    if (stopped.length === 0) return;
    const stateAt = await databaseNow(tx);
    for (const [stopReason, some] of byReason(stopped))
      await this.payouts.movePayouts(tx, some, 'submitting', { state: 'withdrawn', stateAt, stopReason });
    const gone = stopped.map(({ payout }) => payout);
    await this.posting.post(tx, gone, 'withdrawn', stateAt, (book, payout) => {
      const { id: payoutId, merchantId, currency: asset, amount } = payout;
      return [inTransitEntry(payout, -amount), ...creditEntries(book, { merchantId, asset, amount, payoutId })];
    });
    for (const { payout, reason } of stopped) {
      const detail = { batch: payout.batchId, reason };
      const entry = { principal: { kind: 'system' }, action: 'payout.taken-out', subject: payout.id, detail } as const;
      await this.auditLog.record(tx, entry);
    }
  }

  /** Throws `payout.stale`, with the payouts, when one of a batch must not be paid now. */
  async assertNoneStopped(
    tx: EntityManager,
    batch: PayoutBatchEntity,
    payouts: readonly PayoutEntity[],
  ): Promise<void> {
    const stopped = await this.check.findStopped(tx, batch, payouts);
    if (stopped.length === 0) return;
    const advice = 'Some of its merchants may not be paid now: reject it, and have the batch withdrawn.';
    throw refusalAbout('payout.stale', advice, stopped);
  }
}

function byReason(stopped: readonly Stopped[]): Map<StopReason, PayoutEntity[]> {
  const found = new Map<StopReason, PayoutEntity[]>();
  for (const { payout, reason } of stopped) {
    const some = found.get(reason);
    if (some) some.push(payout);
    else found.set(reason, [payout]);
  }
  return found;
}
