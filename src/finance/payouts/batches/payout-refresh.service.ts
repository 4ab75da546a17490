import { Injectable } from '@nestjs/common';
import { AuditLog, type Staff } from '../../../access/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { BatchCheck, type Changed } from './batch-check.service.js';
import { approvalChain, totalOf } from '../payout-batch.js';
import { refusal } from '../payout-refusal.js';
import { PayoutBatchEntity } from '../payouts.entities.js';
import { PayoutRepository } from '../payout.repository.js';
import type { PayoutBatchId } from '../../../shared/ids.js';

/** What a refresh did to a batch. */
export interface Refreshed {
  /** What an approval would have bound before; null: of nothing. */
  previousContentHash: string | null;
  dropped: Changed[];
}

/** Takes out of a batch who cannot be paid any more, so that one merchant does not hold up all the others. */
@Injectable()
export class PayoutRefreshService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly check: BatchCheck,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Drops the payouts of merchants who cannot be paid as drafted. What is left has a new content hash, and is a draft
   * again that has to be approved anew; when nothing has to be dropped, the batch stays as it is. The payouts dropped
   * never moved money; each merchant is listed among the skipped. Throws `payout.batch-not-found`,
   * `payout.wrong-state`, `payout.approval-void` (another person changed the content).
   */
  async refreshBatch(by: Staff, id: PayoutBatchId): Promise<Refreshed> {
    return this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, id);
      if (batch.state !== 'draft' && batch.state !== 'awaiting-approval')
        throw refusal('payout.wrong-state', `A batch that is ${batch.state} cannot be refreshed.`);
      const payouts = await this.payouts.findPayouts(tx, id);
      const previousContentHash = payouts.at(-1)?.link ?? null;
      await this.check.assertContent(tx, batch, payouts, batch.firstApprovalHash ?? previousContentHash);
      const dropped = await this.check.findChanged(tx, batch, payouts);
      if (dropped.length === 0) return { previousContentHash, dropped };
      const gone = new Set(dropped.map(({ payout }) => payout.id));
      const at = this.clock.now();
      const rest = payouts.filter((payout) => !gone.has(payout.id));
      const skips = new Map(dropped.map(({ payout, reason }) => [payout.merchantId, reason]));
      const facts = {
        state: 'draft' as const,
        payoutCount: rest.length,
        controlSum: totalOf(batch, rest, 'sentAmount'),
        skippedCount: batch.skippedCount + skips.size,
        requestedBy: null,
        requestedAt: null,
        firstApprovedBy: null,
        firstApprovedAt: null,
        firstApprovalHash: null,
      };
      await tx.update(PayoutBatchEntity, { id }, facts);
      const links = approvalChain(Object.assign(batch, facts), rest);
      rest.forEach((payout, index) => {
        const stateAt = payout.state === 'draft' ? payout.stateAt : at;
        Object.assign(payout, { position: index + 1, state: 'draft', stateAt, link: links[index] });
      });
      await this.payouts.replaceDrafted(tx, id, rest);
      const balances = new Map(
        (await this.payouts.findCandidates(tx, batch.currency, [...skips.keys()])).map((one) => [one.merchantId, one]),
      );
      const detail = 'was drafted, and dropped when the draft was refreshed';
      await this.payouts.insertSkips(
        tx,
        [...skips].map(([merchantId, reason]) => {
          return { batchId: id, merchantId, reason, detail, available: balances.get(merchantId)?.available ?? 0n };
        }),
      );
      await this.auditLog.record(tx, {
        principal: by,
        action: 'payout-batch.refreshed',
        subject: id,
        detail: { previousContentHash, contentHash: links.at(-1) ?? null, dropped: dropped.length },
      });
      return { previousContentHash, dropped };
    });
  }
}
