import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { newId, type PayoutBatchId, type PayoutBatchRequestId } from '../../../shared/ids.js';
import { WakeUp } from '../../../core/wake-up.js';
import { creditEntries } from '../../ledger/index.js';
import { BankingDays } from '../terms/banking-days.service.js';
import { BatchCheck } from './batch-check.service.js';
import { assertBatchTransition } from '../payout-batch.js';
import { PayoutFileService } from './payout-file.service.js';
import { PayoutStopService } from './payout-stop.service.js';
import { inTransitEntry, PayoutPosting } from '../payout-posting.js';
import { refusal, tooLate } from '../payout-refusal.js';
import type { PayoutRequestDto } from './payout-request.dto.js';
import { PayoutRequestEntity } from './payout-request.entity.js';
import type { PayoutBatchEntity } from '../payouts.entities.js';
import { PayoutRepository } from '../payout.repository.js';
import { FileRail } from '../rails/payout-rail.js';
import { Rails } from '../rails/rails.js';

const SHOWN = 50;

/**
 * What two people may do with a submitted batch whose file the bank has not taken: withdraw it, or have its file written
 * for another day. Only on rails where people hand in the file, and only while no report has a status of any payout of it:
 * a bank that was called and is silent may have paid.
 */
@Injectable()
export class PayoutRequestService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly posting: PayoutPosting,
    private readonly check: BatchCheck,
    private readonly stops: PayoutStopService,
    private readonly bankingDays: BankingDays,
    private readonly files: PayoutFileService,
    private readonly rails: Rails,
    private readonly auditLog: AuditLog,
    private readonly wakeUp: WakeUp,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks that the batch be withdrawn. Throws `payout.batch-not-found`, `payout.wrong-state`, `payout.not-a-file`,
   * `payout.reported` (a bank report has a status of it), `payout.request-pending` (another request waits).
   */
  async askWithdrawal(by: Staff, batchId: PayoutBatchId, reason: string): Promise<PayoutRequestDto> {
    return this.ask(by, batchId, () => Promise.resolve({ kind: 'withdrawal', reason, executionDate: null }));
  }

  /** Asks for a file of the same payments for another day. Throws as above, `payout.no-file` and `request.invalid`. */
  async askNewFile(
    by: Staff,
    batchId: PayoutBatchId,
    executionDate: string,
    reason: string,
  ): Promise<PayoutRequestDto> {
    return this.ask(by, batchId, async (tx, batch) => {
      const day = await this.bankingDays.executionDate(tx, batch, this.rails.get(batch.rail), executionDate);
      assertWritten(batch);
      return { kind: 'new-file', reason, executionDate: day };
    });
  }

  /**
   * Does what was asked. Throws `payout.request-not-found`, `payout.same-person`, `payout.wrong-state` (decided already),
   * `payout.stale` (a new file would pay a merchant who was stopped), `payout.execution-date-passed`, and what asking throws: a bank report may have come meanwhile.
   */
  async approveRequest(by: Staff, batchId: PayoutBatchId, requestId: PayoutBatchRequestId): Promise<PayoutRequestDto> {
    const { decided, isNewFile } = await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, batchId);
      const request = await this.findOpen(tx, by, batchId, requestId);
      await this.assertNotTaken(tx, batch);
      if (request.kind === 'withdrawal') await this.withdraw(tx, by, batch, request);
      else await this.replaceFile(tx, batch, request);
      const done = await this.decide(tx, by, request, { state: 'approved', decisionReason: null });
      return { decided: done, isNewFile: request.kind === 'new-file' };
    });
    if (isNewFile) {
      this.wakeUp.announce('payouts.submit', [batchId]);
      await this.files.tryWrite(batchId);
    }
    return decided;
  }

  /** Refuses what was asked; the batch stays as it is. Throws as {@link approveRequest}. */
  async rejectRequest(
    by: Staff,
    batchId: PayoutBatchId,
    requestId: PayoutBatchRequestId,
    reason: string,
  ): Promise<PayoutRequestDto> {
    return this.unitOfWork.run(async (tx) => {
      await this.payouts.lockBatch(tx, batchId);
      const request = await this.findOpen(tx, by, batchId, requestId);
      return this.decide(tx, by, request, { state: 'rejected', decisionReason: reason });
    });
  }

  /** What was asked for a batch, the latest first. Throws `payout.batch-not-found`. */
  async listRequests(batchId: PayoutBatchId): Promise<{ items: PayoutRequestDto[] }> {
    const reader = this.unitOfWork.reader;
    await this.payouts.getBatch(reader, batchId);
    const order = { id: 'DESC' as const };
    const rows = await reader.find(PayoutRequestEntity, { where: { batchId }, order, take: SHOWN });
    return { items: rows.map(view) };
  }

  private async ask(
    by: Staff,
    batchId: PayoutBatchId,
    what: (
      tx: EntityManager,
      batch: PayoutBatchEntity,
    ) => Promise<Pick<PayoutRequestEntity, 'kind' | 'reason' | 'executionDate'>>,
  ): Promise<PayoutRequestDto> {
    return this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, batchId);
      await this.assertNotTaken(tx, batch);
      if (await tx.existsBy(PayoutRequestEntity, { batchId, state: 'awaiting-approval' }))
        throw refusal('payout.request-pending', 'Another request for this batch waits for a decision.');
      const request: PayoutRequestEntity = {
        id: newId('payoutBatchRequest'),
        batchId,
        ...(await what(tx, batch)),
        state: 'awaiting-approval',
        madeBy: by.staffId,
        madeAt: this.clock.now(),
        decidedBy: null,
        decidedAt: null,
        decisionReason: null,
      };
      await tx.insert(PayoutRequestEntity, request);
      await this.record(tx, by, `payout-batch.${request.kind}-requested`, request);
      return view(request);
    });
  }

  /** Locks all payouts, as a report does before it records a status: the second sees what the first has done. */
  private async assertNotTaken(tx: EntityManager, batch: PayoutBatchEntity): Promise<void> {
    assertBatchTransition(batch, 'withdrawn');
    if (!(this.rails.get(batch.rail) instanceof FileRail))
      throw refusal('payout.not-a-file', 'The bank was called, not handed a file: its silence is no evidence.');
    const ids = (await this.payouts.findSent(tx, batch.id)).map(({ id }) => id);
    const locked = await this.payouts.lockPayouts(tx, ids);
    const moved = [...locked.values()].some(({ state }) => state !== 'submitting');
    if (moved || (await this.payouts.isReported(tx, batch.id)))
      throw refusal('payout.reported', 'A bank report has a status of this batch: the bank has it.');
  }

  private async findOpen(
    tx: EntityManager,
    by: Staff,
    batchId: PayoutBatchId,
    requestId: PayoutBatchRequestId,
  ): Promise<PayoutRequestEntity> {
    const request = await tx.findOneBy(PayoutRequestEntity, { id: requestId, batchId });
    if (!request) throw refusal('payout.request-not-found', `There is no request ${requestId} for this batch.`);
    if (request.madeBy === by.staffId) throw refusal('payout.same-person', 'Who asked cannot decide about it.');
    if (request.state !== 'awaiting-approval')
      throw tooLate(`The request is ${request.state} already.`, { by: request.decidedBy, at: request.decidedAt });
    return request;
  }

  /** The money comes back, a negative balance first; the references are never used again. */
  private async withdraw(
    tx: EntityManager,
    by: Staff,
    batch: PayoutBatchEntity,
    { reason }: PayoutRequestEntity,
  ): Promise<void> {
    const at = this.clock.now();
    const payouts = await this.payouts.findSent(tx, batch.id);
    const facts = { endedBy: by.staffId, endedAt: at, endReason: reason };
    const moves = { from: 'submitting', to: 'withdrawn', count: payouts.length } as const;
    await this.payouts.moveBatch(tx, batch, 'withdrawn', moves, at, facts);
    await this.posting.post(tx, payouts, 'withdrawn', at, (book, payout) => {
      const { merchantId, currency, amount } = payout;
      const credit = { merchantId, asset: currency, amount, payoutId: payout.id };
      return [inTransitEntry(payout, -amount), ...creditEntries(book, credit)];
    });
  }

  private async replaceFile(
    tx: EntityManager,
    batch: PayoutBatchEntity,
    { executionDate }: PayoutRequestEntity,
  ): Promise<void> {
    if (executionDate === null || this.bankingDays.isPast(executionDate))
      throw refusal('payout.execution-date-passed', 'The day has passed: reject it, and ask for another.');
    await this.check.assertDebtor(tx, batch);
    await this.stops.assertNoneStopped(tx, batch, await this.payouts.findSent(tx, batch.id));
    const { fileSha256: sha256, fileBytes: bytes } = assertWritten(batch);
    const at = this.clock.now();
    await this.files.replaceFile(tx, batch, { sha256, bytes }, executionDate, at);
  }

  private async decide(
    tx: EntityManager,
    by: Staff,
    request: PayoutRequestEntity,
    decision: Pick<PayoutRequestEntity, 'state' | 'decisionReason'>,
  ): Promise<PayoutRequestDto> {
    const facts = { ...decision, decidedBy: by.staffId, decidedAt: this.clock.now() };
    await tx.update(PayoutRequestEntity, { id: request.id }, facts);
    await this.record(tx, by, `payout-batch.${request.kind}-${decision.state}`, request);
    return view(Object.assign(request, facts));
  }

  private record(tx: EntityManager, principal: Staff, action: string, request: PayoutRequestEntity): Promise<void> {
    const { id, batchId, executionDate } = request;
    const detail = { request: id, ...(executionDate !== null && { executionDate }) };
    return this.auditLog.record(tx, { principal, action, subject: batchId, detail });
  }
}

/** Throws `payout.no-file` when the file is still being written. */
function assertWritten({ fileSha256, fileBytes }: PayoutBatchEntity): { fileSha256: string; fileBytes: number } {
  if (fileSha256 === null || fileBytes === null)
    throw refusal('payout.no-file', 'The file is still being written: there is nothing to replace yet.');
  return { fileSha256, fileBytes };
}

function view(request: PayoutRequestEntity): PayoutRequestDto {
  const { batchId: batch, madeAt, decidedAt, ...same } = request;
  return { ...same, batch, madeAt: madeAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null };
}
