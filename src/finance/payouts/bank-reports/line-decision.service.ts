import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError, whoWasFaster } from '../../../shared/domain-error.js';
import { formatMinor } from '../../../shared/money.js';
import type { PayoutErrorCode } from '../errors.js';
import { PayoutOutcomeService, type BankStatus } from '../payout-outcome.service.js';
import { lineKey } from './bank-report-view.js';
import { BankReportLineEntity, isOpenResult } from './bank-report.entity.js';
import { BankReportRepository } from './bank-report.repository.js';
import { isOfAmount, type ReportTarget } from './line-matching.js';
import type { PayoutId } from '../../../shared/ids.js';

/** What people do with lines that Yinke could not place: each is decided once. */
@Injectable()
export class LineDecisionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reports: BankReportRepository,
    private readonly outcomes: PayoutOutcomeService,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Says which payout a line is about, and lets the payout hear it. A line of another amount takes a reason, and is then only
   * proposed to a checker. Throws `bank-report.line-not-found`, `payout.not-found`, `bank-report.line-decided`,
   * `bank-report.line-proposed`, `bank-report.no-status`, `bank-report.wrong-amount`, `bank-report.already-recorded` (another
   * line has said the same of the payout) and `bank-report.contradicting`.
   */
  async matchLine(by: Staff, id: string, payoutId: PayoutId, reason?: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { line, target, bankStatus } = await this.lockBoth(tx, id, payoutId);
      assertUnproposed(line);
      if (!isOfAmount({ bankStatus, amount: line.amount, currency: line.currency }, target)) {
        if (
          reason === undefined ||
          line.amountMinor === null ||
          line.amountMinor <= 0n ||
          line.currency !== target.currency
        )
          throw refusal('bank-report.wrong-amount', wrongAmount(line, target));
        const proposal = { proposedPayoutId: payoutId, proposedBy: by.staffId, proposedAt: this.clock.now() };
        await this.reports.decideLine(tx, line, { ...proposal, proposalReason: reason });
        await this.record(tx, by, 'bank-report-line.match-proposed', id, { payoutId, reason });
        return;
      }
      await this.tell(tx, by, { line, target, bankStatus });
      await this.record(tx, by, 'bank-report-line.matched', id, { payoutId });
    });
  }

  /**
   * Agrees with a proposed match: the bank's status is applied, and the difference booked to `fees`. Throws
   * `bank-report.no-proposal`, `bank-report.same-person`, and as {@link matchLine}.
   */
  async approveMatch(by: Staff, id: string): Promise<void> {
    const { proposedPayoutId } = await this.findLine(this.unitOfWork.reader, id);
    await this.unitOfWork.run(async (tx) => {
      const { line, target, bankStatus } = await this.lockBoth(tx, id, proposedPayoutId ?? refuse(...NO_PROPOSAL));
      assertProposedByOther(line, by);
      if (line.proposedPayoutId !== target.payoutId) refuse(...NO_PROPOSAL);
      await this.tell(tx, by, { line, target, bankStatus });
      await this.record(tx, by, 'bank-report-line.matched', id, { payoutId: target.payoutId });
    });
  }

  /** Disagrees with a proposed match: the line waits as before. Throws as {@link approveMatch}. */
  async rejectMatch(by: Staff, id: string, reason: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const line = await this.lockLine(tx, id);
      assertOpen(line);
      assertProposedByOther(line, by);
      const nothing = { proposedPayoutId: null, proposedBy: null, proposedAt: null, proposalReason: null };
      await this.reports.decideLine(tx, line, nothing);
      const { proposedPayoutId: payoutId, proposedBy } = line;
      await this.record(tx, by, 'bank-report-line.match-rejected', id, { payoutId, proposedBy, reason });
    });
  }

  /** Sets a line aside as none of ours. Throws `bank-report.line-not-found`, `bank-report.line-decided` and `bank-report.line-proposed`. */
  async dismissLine(by: Staff, id: string, reason: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const line = await this.lockLine(tx, id);
      assertOpen(line);
      assertUnproposed(line);
      const decision = { decidedBy: by.staffId, decidedAt: this.clock.now(), decisionReason: reason };
      await this.reports.decideLine(tx, line, { result: 'dismissed', ...decision });
      await this.record(tx, by, 'bank-report-line.dismissed', id);
    });
  }

  /** The payout and the line, locked in this order, and what the line means for it. */
  private async lockBoth(tx: EntityManager, id: string, payoutId: PayoutId): Promise<Match> {
    const target = await this.reports.lockTarget(tx, payoutId);
    const line = await this.lockLine(tx, id);
    if (!target) throw refusal('payout.not-found', `There is no payout ${payoutId}.`);
    assertOpen(line);
    const bankStatus = meaningOf(line);
    if (bankStatus === null) throw refusal('bank-report.no-status', 'The line is no booking and no final status.');
    const isSecond = line.result === 'second' && line.payoutId === payoutId;
    if (isSecond || (await this.reports.hasMoved(tx, payoutId, bankStatus)))
      throw refusal('bank-report.already-recorded', `Another line has already recorded ${bankStatus} for this payout.`);
    return { line, target, bankStatus };
  }

  /** Lets the payout hear the line, as it was decided. */
  private async tell(tx: EntityManager, by: Staff, { line, target, bankStatus }: Match): Promise<void> {
    const { payoutId } = target;
    const { reasonCode, reason, bookedOn, amountMinor, chargeMinor } = line;
    const now = this.clock.now();
    const at = bookedOn === null ? now : new Date(bookedOn);
    const amount = amountMinor === null || !isBooking(bankStatus) ? 0n : amountMinor - target.amount;
    const status: BankStatus = {
      ...{ payoutId, outcome: bankStatus, reasonCode, reason, at },
      ...(amount !== 0n && { difference: { amount, bearer: 'operator' } }),
      ...(bankStatus === 'paid' && chargeMinor !== null && { charge: chargeMinor }),
    };
    const [verdict] = await this.outcomes.record(tx, [status]);
    if (verdict === undefined || verdict.kind === 'contradicting' || (amount !== 0n && verdict.kind !== 'apply'))
      throw refusal('bank-report.contradicting', `A payout that is ${target.state} cannot be ${bankStatus}.`);
    const decision = { result: 'matched', says: bankStatus, payoutId, decidedBy: by.staffId, decidedAt: now } as const;
    await this.reports.decideLine(tx, line, decision);
  }

  private record(tx: EntityManager, principal: Staff, action: string, subject: string, detail = {}): Promise<void> {
    return this.auditLog.record(tx, { principal, action, subject, detail });
  }

  private async findLine(tx: EntityManager, id: string): Promise<BankReportLineEntity> {
    const key = lineKey(id);
    const line = key && (await tx.findOneBy(BankReportLineEntity, key));
    return line ?? refuse('bank-report.line-not-found', `There is no line ${id}.`);
  }

  private async lockLine(tx: EntityManager, id: string): Promise<BankReportLineEntity> {
    const key = lineKey(id);
    const line = key && (await this.reports.lockLine(tx, key));
    return line ?? refuse('bank-report.line-not-found', `There is no line ${id}.`);
  }
}

interface Match {
  line: BankReportLineEntity;
  target: ReportTarget;
  bankStatus: NonNullable<BankReportLineEntity['says']>;
}

const NO_PROPOSAL = ['bank-report.no-proposal', 'No match of this line is proposed.'] as const;

/** What a line means once a person says that it is about a payout: a credit, then, is a return, and a debit a payment. */
function meaningOf({ says, status }: BankReportLineEntity): BankReportLineEntity['says'] {
  if (says !== null) return says;
  return status === 'BOOK CRDT' ? 'returned' : status === 'BOOK DBIT' ? 'paid' : null;
}

function isBooking(bankStatus: string): boolean {
  return bankStatus === 'paid' || bankStatus === 'returned';
}

function wrongAmount(line: BankReportLineEntity, target: ReportTarget): string {
  const told = `${line.amount ?? 'no amount'} ${line.currency ?? ''}`.trim();
  const sent = `${formatMinor(target.amount, target.currency)} ${target.currency}`;
  return `The line is of ${told}, the payout of ${sent}: in one currency, a checker can agree when you say why (reason).`;
}

function assertUnproposed({ proposedBy }: BankReportLineEntity): void {
  if (proposedBy !== null)
    refuse('bank-report.line-proposed', 'A match of this line is proposed: a checker approves or rejects it first.');
}

function assertProposedByOther({ proposedBy }: BankReportLineEntity, by: Staff): void {
  if (proposedBy === null) refuse(...NO_PROPOSAL);
  if (proposedBy === by.staffId) refuse('bank-report.same-person', 'Another person must decide about this.');
}

function assertOpen({ result, decidedBy: by, decidedAt: at }: BankReportLineEntity): void {
  if (isOpenResult(result)) return;
  const detail = `The line is ${result}: nothing is left to decide.`;
  throw new DomainError<PayoutErrorCode>('bank-report.line-decided', detail, undefined, whoWasFaster({ by, at }));
}

function refusal(code: PayoutErrorCode, detail: string) {
  return new DomainError<PayoutErrorCode>(code, detail);
}

function refuse(code: PayoutErrorCode, detail: string): never {
  throw refusal(code, detail);
}
