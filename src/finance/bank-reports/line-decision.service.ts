import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../access/index.js';
import { UnitOfWork } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import type { FinanceErrorCode } from '../errors.js';
import { PayoutOutcomeService } from '../payouts/payout-outcome.service.js';
import type { Staff } from '../payouts/staff.js';
import { lineKey } from './bank-report-view.js';
import { isOpenResult, type BankReportLineEntity } from './bank-report.entity.js';
import { BankReportRepository } from './bank-report.repository.js';
import { isOfAmount } from './line-matching.js';

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
   * Says which payout a line is about, and lets the payout hear it. Throws `bank-report.line-not-found`,
   * `payout.not-found`, `bank-report.line-decided`, `bank-report.says-nothing`, `bank-report.wrong-amount`,
   * `bank-report.already-told` (another line has said the same of the payout) and `bank-report.contradicting`.
   */
  async matchLine(by: Staff, id: string, payoutId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const target = await this.reports.lockTarget(tx, payoutId);
      const line = await this.lockLine(tx, id);
      if (!target) throw refusal('payout.not-found', `There is no payout ${payoutId}.`);
      assertOpen(line);
      const says = meaningOf(line);
      if (says === null) throw refusal('bank-report.says-nothing', 'The line is no booking and no final status.');
      if (!isOfAmount({ says, amount: line.amount, currency: line.currency }, target))
        throw refusal('bank-report.wrong-amount', 'The payout is of another amount or currency.');
      const isSecond = line.result === 'second' && line.payoutId === payoutId;
      if (isSecond || (await this.reports.hasMoved(tx, payoutId, says)))
        throw refusal('bank-report.already-told', `Another line has said ${says} of this payout.`);
      const { reasonCode, reason, bookedOn } = line;
      const now = this.clock.now();
      const at = bookedOn === null ? now : new Date(bookedOn);
      const [verdict] = await this.outcomes.record(tx, [{ payoutId, outcome: says, reasonCode, reason, at }]);
      if (verdict === undefined || verdict.kind === 'contradicting')
        throw refusal('bank-report.contradicting', `A payout that is ${target.state} cannot be ${says}.`);
      const decision = { result: 'matched', says, payoutId, decidedBy: by.staffId, decidedAt: now } as const;
      await this.reports.decideLine(tx, line, decision);
      await this.auditLog.record(tx, {
        principal: by,
        action: 'bank-report-line.matched',
        subject: id,
        detail: { payoutId },
      });
    });
  }

  /** Sets a line aside as none of ours. Throws `bank-report.line-not-found` and `bank-report.line-decided`. */
  async dismissLine(by: Staff, id: string, reason: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const line = await this.lockLine(tx, id);
      assertOpen(line);
      const decision = { decidedBy: by.staffId, decidedAt: this.clock.now(), decisionReason: reason };
      await this.reports.decideLine(tx, line, { result: 'dismissed', ...decision });
      await this.auditLog.record(tx, { principal: by, action: 'bank-report-line.dismissed', subject: id });
    });
  }

  private async lockLine(tx: EntityManager, id: string): Promise<BankReportLineEntity> {
    const key = lineKey(id);
    const line = key && (await this.reports.lockLine(tx, key));
    return line ?? refuse('bank-report.line-not-found', `There is no line ${id}.`);
  }
}

/** What a line means once a person says that it is about a payout: a credit, then, is a return. */
function meaningOf({ says, status }: BankReportLineEntity): BankReportLineEntity['says'] {
  return says ?? (status === 'BOOK CRDT' ? 'returned' : null);
}

function assertOpen({ result }: BankReportLineEntity): void {
  if (!isOpenResult(result)) refuse('bank-report.line-decided', `The line is ${result}: nothing is left to decide.`);
}

function refusal(code: FinanceErrorCode, detail: string) {
  return new DomainError<FinanceErrorCode>(code, detail);
}

function refuse(code: FinanceErrorCode, detail: string): never {
  throw refusal(code, detail);
}
