import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { WakeUp } from '../../../core/wake-up.js';
import { creditEntries } from '../../ledger/index.js';
import { BankingDays } from '../terms/banking-days.service.js';
import { BatchCheck, voided, type Stopped } from './batch-check.service.js';
import { assertBatchTransition, totalOf } from '../payout-batch.js';
import { approvalsNeeded } from '../terms/payout-policy.js';
import { inTransitEntry, payoutEntry, PayoutPosting } from '../payout-posting.js';
import { refusal } from '../payout-refusal.js';
import { PayoutBatchEntity, type PayoutEntity } from '../payouts.entities.js';
import { PayoutFileService } from './payout-file.service.js';
import { PayoutStopService } from './payout-stop.service.js';
import { PayoutRepository } from '../payout.repository.js';
import { FileRail } from '../rails/payout-rail.js';
import { Rails } from '../rails/rails.js';
import type { PayoutBatchId, PayoutId } from '../../../shared/ids.js';

/** What people do with a batch. Only the rails' answers and bank reports decide what becomes of submitted money. */
@Injectable()
export class PayoutBatchService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly check: BatchCheck,
    private readonly stops: PayoutStopService,
    private readonly posting: PayoutPosting,
    private readonly bankingDays: BankingDays,
    private readonly rails: Rails,
    private readonly files: PayoutFileService,
    private readonly auditLog: AuditLog,
    private readonly wakeUp: WakeUp,
    private readonly clock: Clock,
  ) {}

  /** Hands a draft to the checkers. */
  async requestApproval(by: Staff, id: PayoutBatchId): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, id);
      if (batch.payoutCount === 0) throw refusal('payout.empty-batch', 'There is nothing to pay in this batch.');
      const at = this.clock.now();
      const facts = { requestedBy: by.staffId, requestedAt: at };
      await this.payouts.moveBatch(
        tx,
        batch,
        'awaiting-approval',
        { from: 'draft', to: 'awaiting-approval' },
        at,
        facts,
      );
      await this.record(tx, by, 'payout-batch.approval-requested', id);
    });
  }

  /**
   * Approves and reserves the whole batch, or nothing of it; where it takes two checkers, the first approval only stands
   * there for the second to agree with. `contentHash`: what the checker has seen. Throws `payout.same-person`,
   * `payout.approval-void` (the content changed since the draft or the first approval, or is not what the checker has
   * seen), `payout.stale` (merchants did), `payout.insufficient-funds`; the last two with the payouts.
   */
  async approveBatch(by: Staff, id: PayoutBatchId, contentHash?: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, id);
      assertOtherPerson(by, batch);
      assertBatchTransition(batch, 'approved');
      if (by.staffId === batch.firstApprovedBy)
        throw refusal('payout.same-person', 'It takes a second checker: you have approved it already.');
      const payouts = await this.payouts.findPayouts(tx, id);
      const approvalHash = payouts.at(-1)?.link ?? null;
      await this.check.assertContent(tx, batch, payouts, batch.firstApprovalHash ?? approvalHash);
      if (contentHash !== undefined && contentHash !== approvalHash)
        throw refusal('payout.approval-void', 'The batch is not the one that was looked at: look at it again.');
      await this.check.assertPayable(tx, batch, payouts);
      const at = this.clock.now();
      const total = totalOf(batch, payouts, 'amount');
      if (batch.firstApprovedBy === null && approvalsNeeded(batch.policy, total) === 2) {
        const first = { firstApprovedBy: by.staffId, firstApprovedAt: at, firstApprovalHash: approvalHash };
        await tx.update(PayoutBatchEntity, { id }, first);
        await this.record(tx, by, 'payout-batch.first-approved', id, { approvalHash });
        return;
      }
      const facts = { approvedBy: by.staffId, approvedAt: at, approvalHash };
      await this.payouts.moveBatch(tx, batch, 'approved', { from: 'awaiting-approval', to: 'approved' }, at, facts);
      await this.posting.post(tx, payouts, 'reserved', at, (book, payout) => {
        const { merchantId, currency, amount } = payout;
        if (book.balances(merchantId, currency).available < amount) return null;
        return [payoutEntry(payout, 'available', -amount), payoutEntry(payout, 'reserved', amount)];
      });
      await this.record(tx, by, 'payout-batch.approved', id, { approvalHash });
    });
  }

  /** Sends a batch back for good; nothing was reserved yet. */
  async rejectBatch(by: Staff, id: PayoutBatchId, reason: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, id);
      assertOtherPerson(by, batch);
      const at = this.clock.now();
      const facts = { endedBy: by.staffId, endedAt: at, endReason: reason };
      await this.payouts.moveBatch(tx, batch, 'rejected', { from: 'awaiting-approval', to: 'rejected' }, at, facts);
      await this.record(tx, by, 'payout-batch.rejected', id);
    });
  }

  /** Gives up a batch before it is submitted. What was reserved comes back, as the ledger says and not the batch. */
  async cancelBatch(by: Staff, id: PayoutBatchId): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, id);
      const from = batch.state === 'submitted' ? 'submitting' : batch.state;
      const at = this.clock.now();
      const facts = { endedBy: by.staffId, endedAt: at };
      await this.payouts.moveBatch(tx, batch, 'cancelled', { from, to: 'cancelled' }, at, facts);
      if (from === 'approved') {
        const payouts = await this.payouts.findPayouts(tx, id);
        const reserved = await this.reservedFor(tx, payouts);
        await this.posting.post(tx, payouts, 'cancelled', at, (book, payout) => {
          const amount = reserved.get(payout.id) ?? 0n;
          const { merchantId, currency } = payout;
          const credit = { merchantId, asset: currency, amount, payoutId: payout.id };
          return [payoutEntry(payout, 'reserved', -amount), ...creditEntries(book, credit)];
        });
      }
      await this.record(tx, by, 'payout-batch.cancelled', id);
    });
  }

  /**
   * Commits that the batch is being sent, then lets the sending begin; returns the payouts that are not sent, because
   * their merchants were stopped since the approval. `executionDate`: the banking day on which the bank is to pay a file;
   * absent: the next one. Throws `request.invalid` (no such banking day), `payout.approval-void` when anything that the
   * approval bound is not as it was, `payout.empty-batch` when all merchants were stopped.
   */
  async submitBatch(by: Staff, id: PayoutBatchId, executionDate?: string): Promise<Stopped[]> {
    const { rail, stopped } = await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, id);
      const payouts = await this.payouts.findPayouts(tx, id);
      const at = this.clock.now();
      assertBatchTransition(batch, 'submitted');
      const used = this.rails.get(batch.rail);
      const dueOn = await this.bankingDays.executionDate(tx, batch, used, executionDate);
      await this.check.assertContent(tx, batch, payouts, batch.approvalHash);
      const reserved = await this.reservedFor(tx, payouts);
      if (payouts.some((payout) => reserved.get(payout.id) !== payout.amount)) throw voided();
      const takenOut = await this.stops.takeOutApproved(tx, batch, payouts, at);
      const gone = new Set(takenOut.map(({ payout }) => payout.id));
      const sent = payouts.filter((payout) => !gone.has(payout.id));
      const facts = { submittedBy: by.staffId, submittedAt: at, executionDate: dueOn };
      const moves = { from: 'approved', to: 'submitting', count: sent.length } as const;
      await this.payouts.moveBatch(tx, batch, 'submitted', moves, at, facts);
      await this.posting.post(tx, sent, 'submitted', at, (_, payout) => [
        payoutEntry(payout, 'reserved', -payout.amount),
        inTransitEntry(payout, payout.amount),
      ]);
      const named = takenOut.map(({ payout, reason }) => ({ payout: payout.id, reason }));
      const detail = { rail: batch.rail, executionDate: dueOn, ...(named.length > 0 && { takenOut: named }) };
      await this.record(tx, by, 'payout-batch.submitted', id, detail);
      return { rail: used, stopped: takenOut };
    });
    this.stops.tell(id, stopped);
    this.wakeUp.announce('payouts.submit', [id]);
    if (rail instanceof FileRail) await this.files.tryWrite(id);
    return stopped;
  }

  private reservedFor(tx: EntityManager, payouts: readonly PayoutEntity[]): Promise<Map<PayoutId, bigint>> {
    return this.payouts.findReserved(
      tx,
      payouts.map((payout) => payout.id),
    );
  }

  private record(tx: EntityManager, principal: Staff, action: string, subject: string, detail = {}): Promise<void> {
    return this.auditLog.record(tx, { principal, action, subject, detail });
  }
}

function assertOtherPerson(by: Staff, batch: PayoutBatchEntity): void {
  if (by.staffId === batch.madeBy || by.staffId === batch.requestedBy)
    throw refusal('payout.same-person', 'Who made a batch cannot check it.');
}
