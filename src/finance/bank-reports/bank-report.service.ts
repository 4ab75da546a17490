import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../access/index.js';
import { UnitOfWork } from '../../database/index.js';
import { Logger } from '../../logger.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { PayoutOutcomeService, type BankWord } from '../payouts/payout-outcome.service.js';
import type { Staff } from '../payouts/staff.js';
import type { BankReportDto, BankReportLineDto } from './bank-report.dto.js';
import { BankReportEntity, LINE_RESULTS, type LineResult } from './bank-report.entity.js';
import { BankReportRepository, type ReportTarget } from './bank-report.repository.js';
import { minorFromBank, readBankReport, type ReportLine } from './bank-report.js';

/** Lines applied in one transaction: a long report does not hold merchants' accounts for long. */
const LINES_AT_ONCE = 500;

/** Takes in what banks report. Each line is applied once for ever, so a report may come twice, late, or in parts. */
@Injectable()
export class BankReportService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reports: BankReportRepository,
    private readonly outcomes: PayoutOutcomeService,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Applies a report and says what came of each line. Throws `bank-report.unreadable`. */
  async receiveReport(by: Staff, bytes: Buffer): Promise<BankReportDto> {
    const { kind, messageId, lines: read } = readBankReport(bytes);
    const id = newId('bankReport');
    const lines = await this.expand(read);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.unitOfWork.run(async (tx) => {
      const receipt = { id, kind, messageId, sha256, lineCount: lines.length };
      await tx.insert(BankReportEntity, { ...receipt, receivedBy: by.staffId, receivedAt: this.clock.now() });
      await this.auditLog.record(tx, {
        principal: by,
        action: 'bank-report.received',
        subject: id,
        detail: { sha256 },
      });
    });
    const said: BankReportLineDto[] = [];
    for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
      const chunk = lines.slice(from, from + LINES_AT_ONCE);
      said.push(...(await this.unitOfWork.run((tx) => this.apply(tx, id, from, chunk))));
    }
    const count = (result: LineResult) => said.filter((line) => line.result === result).length;
    const contradicting = count('contradicting');
    if (contradicting > 0) this.logger.error('a bank report contradicts the books', { reportId: id, contradicting });
    const results = Object.fromEntries(LINE_RESULTS.map((result) => [result, count(result)]));
    return { id, kind, messageId, results: results as Record<LineResult, number>, lines: said };
  }

  /** A word about a whole file becomes one about each of its payments that the report does not name. */
  private async expand(lines: readonly ReportLine[]): Promise<ReportLine[]> {
    const named = new Set(lines.map((line) => line.reference));
    const expanded: ReportLine[] = [];
    for (const line of lines) {
      const references =
        line.wholeMessage === null ? [] : await this.reports.findReferences(this.unitOfWork.reader, line.wholeMessage);
      if (references.length === 0) expanded.push(line);
      for (const reference of references) if (!named.has(reference)) expanded.push({ ...line, reference });
    }
    return expanded;
  }

  private async apply(
    tx: EntityManager,
    reportId: string,
    offset: number,
    lines: readonly ReportLine[],
  ): Promise<BankReportLineDto[]> {
    const references = lines.map((line) => line.reference).filter((reference) => reference !== null);
    const targets = await this.reports.findTargets(tx, references);
    const words: BankWord[] = [];
    const views = lines.map((line) => {
      const target = targets.get(line.reference ?? '');
      const view = { ...shown(line), payoutId: target?.payoutId ?? null, ...matched(line, target) };
      if (view.result !== 'applied' || !target || line.says === null) return { view, word: null };
      const word: BankWord = {
        payoutId: target.payoutId,
        outcome: line.says,
        reasonCode: line.reasonCode,
        reason: line.reason,
        at: line.bookedOn === null ? this.clock.now() : new Date(line.bookedOn),
      };
      words.push(word);
      return { view, word };
    });
    const verdicts = await this.outcomes.record(tx, words);
    const verdictOf = new Map(words.map((word, index) => [word, verdicts[index]]));
    const judged = views.map(({ view, word }) => {
      const verdict = word === null ? undefined : verdictOf.get(word);
      return verdict === undefined || verdict.kind === 'apply' ? view : { ...view, result: verdict.kind };
    });
    await this.reports.insertLines(
      tx,
      judged.map((line, index) => ({ ...line, reportId, line: offset + index + 1 })),
    );
    return judged;
  }
}

function shown({ reference, says, status, reasonCode, reason, amount, currency, bookedOn }: ReportLine) {
  return { reference, says, status: status.slice(0, 35), reasonCode, reason, amount, currency, bookedOn };
}

/** What can be said of a line before the payout's state is looked at; `applied` may still become something else. */
function matched(line: ReportLine, target: ReportTarget | undefined): { result: LineResult; detail: string | null } {
  if (!target) return { result: 'unmatched', detail: null };
  if (line.says === null) return { result: 'noted', detail: null };
  if (!sameAmount(line, target)) return { result: 'contradicting', detail: 'the amount is not that of the payout' };
  return { result: 'applied', detail: null };
}

/** A booking must be of the very amount; a status need not name one. */
function sameAmount(line: ReportLine, target: ReportTarget): boolean {
  if (line.amount === null || line.currency === null) return line.says !== 'paid' && line.says !== 'returned';
  return line.currency === target.currency && minorFromBank(line.amount, line.currency) === target.amount;
}
