import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import { noteUndone, UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { newId, type PayoutFailureStatementId, type PayoutId } from '../../../shared/ids.js';
import type { FailureStatementDto, StatePayoutFailureDto } from './failure-statement.dto.js';
import { FailureStatementEntity } from './failure-statement.entity.js';
import { PayoutDeliveryService } from './payout-delivery.service.js';
import { PayoutOutcomeService } from '../payout-outcome.service.js';
import { refusal, tooLate } from '../payout-refusal.js';
import { OPEN_STATES, type PayoutState } from '../payout.js';
import { PayoutEntity } from '../payouts.entities.js';
import { PayoutRepository } from '../payout.repository.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';
import { OnlineRail } from '../rails/payout-rail.js';
import { Rails } from '../rails/rails.js';

const SHOWN = 50;
/** ISO 20022 external status reason: see the text. */
const NARRATIVE = 'NARR';
const RUNNING = 'The rail is being called for this payout: try again in a minute.';

/**
 * Frees the money of a payout whose rail is called and never names the outcome: one person states the failure with
 * evidence, another one agrees. No attempt runs when the money is freed, and none that began since the statement sends.
 */
@Injectable()
export class FailureStatementService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly delivery: PayoutDeliveryService,
    private readonly outcomes: PayoutOutcomeService,
    private readonly rails: Rails,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * States that the payout has failed. Throws `payout.not-found`, `payout.not-called` (a rail of files),
   * `payout.wrong-state` (never sent, or at its end) and `payout.request-pending` (another statement waits).
   */
  async stateFailure(by: Staff, payoutId: PayoutId, stated: StatePayoutFailureDto): Promise<FailureStatementDto> {
    return this.unitOfWork.run(async (tx) => {
      await this.lockStatable(tx, payoutId);
      if (await this.attempts.isStatedFailed(tx, payoutId))
        throw refusal('payout.request-pending', 'Another statement about this payout waits for a decision.');
      const statement: FailureStatementEntity = {
        id: newId('payoutFailureStatement'),
        payoutId,
        evidence: stated.evidence,
        reason: stated.reason,
        reasonCode: stated.reasonCode ?? NARRATIVE,
        state: 'awaiting-approval',
        madeBy: by.staffId,
        madeAt: this.clock.now(),
        decidedBy: null,
        decidedAt: null,
        decisionReason: null,
      };
      await tx.insert(FailureStatementEntity, statement);
      await this.record(tx, by, 'payout.failure-stated', statement);
      return view(statement);
    });
  }

  /**
   * Asks the rail a last time, then ends the payout as failed: a negative balance first, then available; on hold when the
   * reason is a bad account. Throws `payout.request-not-found`, `payout.same-person`, `payout.wrong-state` (decided
   * already, or the rail has said how it ended) and `payout.attempt-running`.
   */
  async approveStatement(by: Staff, payoutId: PayoutId, id: PayoutFailureStatementId): Promise<FailureStatementDto> {
    await this.unitOfWork.run((tx) => {
      noteUndone(tx);
      return this.findDecidable(tx, by, payoutId, id);
    });
    if (!(await this.delivery.askNow(payoutId))) throw refusal('payout.attempt-running', RUNNING);
    return this.unitOfWork.run(async (tx) => {
      const statement = await this.findDecidable(tx, by, payoutId, id);
      if (await this.attempts.isClaimed(tx, payoutId)) throw refusal('payout.attempt-running', RUNNING);
      const { reasonCode, reason } = statement;
      const status = { payoutId, outcome: 'failed' as const, reasonCode, reason: `stated by people: ${reason}` };
      const [verdict] = await this.outcomes.record(tx, [{ ...status, at: this.clock.now() }]);
      if (verdict?.kind !== 'apply') throw refusal('payout.wrong-state', 'The payout cannot fail any more.');
      return this.decide(tx, by, statement, { state: 'approved', decisionReason: null });
    });
  }

  /** Rejects a statement; the payout goes on. Throws as {@link approveStatement}, but in any state of the payout. */
  async rejectStatement(
    by: Staff,
    payoutId: PayoutId,
    id: PayoutFailureStatementId,
    reason: string,
  ): Promise<FailureStatementDto> {
    return this.unitOfWork.run(async (tx) => {
      await this.payouts.lockPayouts(tx, [payoutId]);
      const statement = await this.findOpen(tx, by, payoutId, id);
      return this.decide(tx, by, statement, { state: 'rejected', decisionReason: reason });
    });
  }

  /** What was stated about a payout, the latest first. Throws `payout.not-found`. */
  async listStatements(payoutId: PayoutId): Promise<{ items: FailureStatementDto[] }> {
    const reader = this.unitOfWork.reader;
    if (!(await reader.existsBy(PayoutEntity, { id: payoutId }))) throw notFound(payoutId);
    const order = { id: 'DESC' as const };
    const rows = await reader.find(FailureStatementEntity, { where: { payoutId }, order, take: SHOWN });
    return { items: rows.map(view) };
  }

  private async findDecidable(tx: EntityManager, by: Staff, payoutId: PayoutId, id: PayoutFailureStatementId) {
    await this.lockStatable(tx, payoutId);
    return this.findOpen(tx, by, payoutId, id);
  }

  private async lockStatable(tx: EntityManager, id: PayoutId): Promise<void> {
    const payout = (await this.payouts.lockPayouts(tx, [id])).get(id);
    if (!payout) throw notFound(id);
    if (!(this.rails.get(payout.rail) instanceof OnlineRail))
      throw refusal('payout.not-called', 'The bank was handed a file: its reports say what became of it.');
    const open = (OPEN_STATES as readonly PayoutState[]).includes(payout.state);
    if (!open || payout.attempts === 0)
      throw refusal(
        'payout.wrong-state',
        `A payout that is ${payout.state} is not in transit at a bank that was asked.`,
      );
  }

  private async findOpen(
    tx: EntityManager,
    by: Staff,
    payoutId: PayoutId,
    id: PayoutFailureStatementId,
  ): Promise<FailureStatementEntity> {
    const statement = await tx.findOneBy(FailureStatementEntity, { id, payoutId });
    if (!statement) throw refusal('payout.request-not-found', `There is no statement ${id} about this payout.`);
    if (statement.madeBy === by.staffId) throw refusal('payout.same-person', 'Who stated it cannot decide about it.');
    if (statement.state !== 'awaiting-approval')
      throw tooLate(`The statement is ${statement.state} already.`, {
        by: statement.decidedBy,
        at: statement.decidedAt,
      });
    return statement;
  }

  private async decide(
    tx: EntityManager,
    by: Staff,
    statement: FailureStatementEntity,
    decision: Pick<FailureStatementEntity, 'state' | 'decisionReason'>,
  ): Promise<FailureStatementDto> {
    const facts = { ...decision, decidedBy: by.staffId, decidedAt: this.clock.now() };
    await tx.update(FailureStatementEntity, { id: statement.id }, facts);
    await this.record(tx, by, `payout.failure-statement-${decision.state}`, statement);
    return view(Object.assign(statement, facts));
  }

  private record(tx: EntityManager, principal: Staff, action: string, statement: FailureStatementEntity) {
    const { id, payoutId } = statement;
    return this.auditLog.record(tx, { principal, action, subject: payoutId, detail: { statement: id } });
  }
}

function notFound(id: PayoutId) {
  return refusal('payout.not-found', `There is no payout ${id}.`);
}

function view(statement: FailureStatementEntity): FailureStatementDto {
  const { payoutId: payout, madeAt, decidedAt, ...same } = statement;
  return { ...same, payout, madeAt: madeAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null };
}
