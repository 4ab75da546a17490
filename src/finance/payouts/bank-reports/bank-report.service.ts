import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import { Config } from '../../../core/config.js';
import { isDuplicate } from '../../../core/driver-error.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Logger } from '../../../core/logger.js';
import { Clock } from '../../../core/clock.js';
import { newId, type BankReportId } from '../../../shared/ids.js';
import { pageOf } from '../../../shared/page.js';
import { PayoutOutcomeService, type BankStatus } from '../payout-outcome.service.js';
import type { ReceivedArchiveDto, ReceivedReportDto } from './bank-report.dto.js';
import { BankReportEntity, type BankReportLineEntity } from './bank-report.entity.js';
import { BankReportRepository } from './bank-report.repository.js';
import { lineId, lineView, resultCounts } from './bank-report-view.js';
import type { BankReport } from './bank-report.js';
import { minorOf } from './bank-amount.js';
import { isCounted, judgeLines, tellingOf, statusKey, type Judged, type Knowledge } from './line-judgement.js';
import { firstLook, isShortReturn, type ReportItem } from './line-matching.js';
import type { ReportLine } from './report-line.js';
import { RecordFile } from './record-file.js';
import { closeReports, readUpload, type ReadReport } from './report-files.js';
import { ReportTargeting } from './report-targeting.js';
import type { ReportUpload } from './report-upload.js';

/** Lines applied in one transaction: a long report does not hold merchants' accounts for long. */
const LINES_AT_ONCE = 500;
/** Lines in the answer; the others have pages. */
const SHOWN_LINES = 200;
/** How often a piece is begun again because another report told the same at the same moment. */
const ATTEMPTS = 5;

/** Takes in what banks report. Each line is applied once for ever, so a report may come twice, late, or in parts. */
@Injectable()
export class BankReportService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reports: BankReportRepository,
    private readonly targeting: ReportTargeting,
    private readonly outcomes: PayoutOutcomeService,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Config,
  ) {}

  /**
   * Applies a report, or all of an archive, and says what came of each line; nothing of it when one of them cannot be read.
   * Throws `bank-report.unreadable` and `bank-report.empty`.
   */
  async receiveUpload(by: Staff, upload: ReportUpload): Promise<ReceivedReportDto | ReceivedArchiveDto> {
    const { isArchive, reports, skipped } = await upload.file.use(() =>
      readUpload(upload, this.config.bankReportLimitBytes),
    );
    try {
      const received: ReceivedReportDto[] = [];
      for (const report of reports) received.push(await this.receiveReport(by, report));
      const [only] = received;
      return isArchive || !only ? { reports: received, skipped } : only;
    } finally {
      await closeReports(reports);
    }
  }

  private async receiveReport(by: Staff, report: ReadReport): Promise<ReceivedReportDto> {
    const { kind, messageId, sha256, fileName } = report;
    const id = newId('bankReport');
    const targeted = await this.targetLines(report);
    try {
      await this.unitOfWork.run(async (tx) => {
        const receipt = { id, kind, messageId, sha256, lineCount: targeted.count };
        await tx.insert(BankReportEntity, { ...receipt, receivedBy: by.staffId, receivedAt: this.clock.now() });
        await this.auditLog.record(tx, {
          principal: by,
          action: 'bank-report.received',
          subject: id,
          detail: { sha256 },
        });
      });
      const results = resultCounts([]);
      let offset = 0;
      const shown: BankReportLineEntity[] = [];
      for await (const items of targeted.pieces.read()) {
        for (let from = 0; from < items.length; from += LINES_AT_ONCE) {
          const part = items.slice(from, from + LINES_AT_ONCE);
          const applied = await this.applyOnce({ id, kind, messageId }, offset, part, targeted.named);
          offset += part.length;
          for (const line of applied) results[line.result] += 1;
          // One more than are shown says that there are more.
          shown.push(...applied.slice(0, SHOWN_LINES + 1 - shown.length));
        }
      }
      const { contradicting, second } = results;
      if (contradicting > 0) this.logger.error('a bank report contradicts the books', { reportId: id, contradicting });
      if (second > 0) this.logger.error('a bank paid or returned a second time', { reportId: id, second });
      const { items: lines, nextCursor } = pageOf(shown, SHOWN_LINES, lineId, lineView);
      return { id, kind, messageId, fileName, results, lines, nextCursor };
    } finally {
      await targeted.pieces.close();
    }
  }

  /** What each line is about, before anything of the report is applied; and what its lines say of which payouts. */
  private async targetLines(
    report: ReadReport,
  ): Promise<{ pieces: RecordFile<ReportItem[]>; count: number; named: Set<string> }> {
    const { reader } = this.unitOfWork;
    const context = await this.targeting.begin(reader, report);
    const pieces = await RecordFile.create<ReportItem[]>();
    const named = new Set<string>();
    let count = 0;
    try {
      for await (const lines of report.pieces.read()) {
        const items = await this.targeting.findTargets(reader, lines, context);
        count += items.length;
        for (const { line, target } of items) named.add(statusKey(line.bankStatus, target));
        await pieces.append(items);
      }
      return { pieces, count, named };
    } catch (error) {
      await pieces.close();
      throw error;
    }
  }

  /** Two reports that list the same line at the same time: the unique key lets one, and the other looks again. */
  private async applyOnce(
    report: { id: BankReportId; kind: BankReport['kind']; messageId: string },
    offset: number,
    items: readonly ReportItem[],
    named: ReadonlySet<string>,
  ): Promise<BankReportLineEntity[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.unitOfWork.run((tx) => this.apply(tx, report, offset, items, named));
      } catch (error) {
        if (attempt >= ATTEMPTS || !isDuplicate(error, 'uq_bank_report_line_fingerprint')) throw error;
      }
    }
  }

  private async apply(
    tx: EntityManager,
    report: { id: BankReportId; kind: BankReport['kind']; messageId: string },
    offset: number,
    items: readonly ReportItem[],
    named: ReadonlySet<string>,
  ): Promise<BankReportLineEntity[]> {
    const knowledge = await this.learn(tx, report, items, named);
    const judged = judgeLines(items, knowledge, (index) => lineId({ reportId: report.id, line: offset + index + 1 }));
    await this.recordStatuses(tx, judged);
    const lines = judged.map((one, index) => rowOf(report.id, offset + index + 1, one));
    await this.reports.insertLines(tx, lines);
    return lines;
  }

  /** Locks what the lines may be about, and then reads all that they are judged by. */
  private async learn(
    tx: EntityManager,
    { id: reportId, kind, messageId }: { id: BankReportId; kind: BankReport['kind']; messageId: string },
    items: readonly ReportItem[],
    named: ReadonlySet<string>,
  ): Promise<Knowledge> {
    const accounts = new Set(items.flatMap(({ accountHashes }) => accountHashes));
    const targets = new Set(items.flatMap(({ target }) => target?.payoutId ?? []));
    const { states, candidates } = await this.reports.lockPayouts(tx, [...targets], [...accounts]);
    const unplaced = items.flatMap((item) => {
      const isPlaced = item.target !== null && firstLook(item, item.target, false).result === 'applied';
      return isPlaced ? [] : (tellingOf(item, { reportId, messageId }) ?? []);
    });
    const amounts = new Set(unplaced.map(({ amount }) => amount));
    const days = unplaced.map(({ bookedOn }) => bookedOn);
    const dated = days.filter((day) => day !== null);
    const bookings = await this.reports.findBookings(
      tx,
      [...states.keys()],
      [...amounts],
      dated.length < days.length ? null : [...new Set(dated)],
    );
    const listed = await this.reports.findListed(
      tx,
      items.map((item) => item.fingerprint),
    );
    return { reportId, messageId, isStatus: kind === 'pain.002', states, candidates, bookings, named, listed };
  }

  /** Lets the payouts hear what is to be applied, and what their bookings cost. */
  private async recordStatuses(tx: EntityManager, judged: readonly Judged[]): Promise<void> {
    const statuses = judged.flatMap(({ item: { line }, target, result }): BankStatus[] => {
      if (result !== 'applied' || target === null || line.bankStatus === null) return [];
      const { bankStatus: outcome, reasonCode, reason, currency } = line;
      const short = isShortReturn(line, target) ? (minorOf(line) ?? 0n) - target.amount : 0n;
      const charge = outcome === 'paid' ? minorOf({ amount: line.charge, currency }) : null;
      return [
        {
          ...{ payoutId: target.payoutId, outcome, reasonCode, reason, at: this.dayOf(line) },
          ...(short !== 0n && { difference: { amount: short, bearer: 'policy' } }),
          ...(charge !== null && { charge }),
        },
      ];
    });
    const verdicts = await this.outcomes.record(tx, statuses);
    if (verdicts.some(({ kind }) => kind !== 'apply')) throw new Error('a payout moved although it is locked');
    // A charge may be told only when the booking is told again.
    const charges = judged.flatMap(({ item: { line }, again, payoutId }) => {
      const charge = minorOf({ amount: line.charge, currency: line.currency });
      const isPayment = again?.bankStatus === 'paid' && isCounted(again.result);
      return isPayment && charge !== null && payoutId !== null ? [{ payoutId, charge, at: this.dayOf(line) }] : [];
    });
    await this.outcomes.recordCharges(tx, charges);
  }

  private dayOf({ bookedOn }: ReportLine): Date {
    return bookedOn === null ? this.clock.now() : new Date(bookedOn);
  }
}

function rowOf(
  reportId: BankReportId,
  line: number,
  { item, payoutId, result, detail, sameAs, fingerprint }: Judged,
): BankReportLineEntity {
  const { line: said, accounts } = item;
  return {
    reportId,
    line,
    reference: said.reference,
    says: said.bankStatus,
    status: said.status.slice(0, 35),
    reasonCode: said.reasonCode,
    reason: said.reason,
    amount: said.amount,
    currency: said.currency,
    bookedOn: said.bookedOn,
    payoutId,
    result,
    detail,
    sameAs,
    fingerprint,
    amountMinor: minorOf(said),
    chargeMinor: minorOf({ amount: said.charge, currency: said.currency }),
    bankReference: said.bankReference,
    entryReference: said.entryReference,
    ownAccountHash: accounts.own,
    otherAccountHashes: accounts.others.length === 0 ? null : accounts.others.join(' '),
    lastFour: item.lastFour,
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    proposedPayoutId: null,
    proposedBy: null,
    proposedAt: null,
    proposalReason: null,
  };
}
