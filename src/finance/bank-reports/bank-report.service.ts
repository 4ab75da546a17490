import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../access/index.js';
import { Config } from '../../config.js';
import { isDuplicate, UnitOfWork } from '../../database/index.js';
import { Logger } from '../../logger.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { pageOf } from '../../shared/page.js';
import { PayoutOutcomeService, type BankWord } from '../payouts/payout-outcome.service.js';
import type { Staff } from '../payouts/staff.js';
import type { ReceivedArchiveDto, ReceivedReportDto } from './bank-report.dto.js';
import { BankReportEntity, isOpenResult, type BankReportLineEntity, type LineResult } from './bank-report.entity.js';
import { BankReportRepository, type ListedLine } from './bank-report.repository.js';
import { lineId, lineView, resultCounts } from './bank-report-view.js';
import type { BankReport } from './bank-report.js';
import { minorOf } from './bank-amount.js';
import { firstLook, onlyFit, type ReportItem, type ReportTarget } from './line-matching.js';
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

/** A line on its way into the table. */
interface Judged {
  item: ReportItem;
  target: ReportTarget | null;
  result: LineResult;
  detail: string | null;
  /** Whether it has to be known again when it comes again. */
  listed: boolean;
}

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
          const applied = await this.applyOnce({ id, kind }, offset, part, targeted.taken);
          offset += part.length;
          for (const line of applied) {
            targeted.taken.add(`${line.says ?? ''} ${line.payoutId ?? ''}`);
            results[line.result] += 1;
          }
          // One more than are shown says that there are more.
          shown.push(...applied.slice(0, SHOWN_LINES + 1 - shown.length));
        }
      }
      if (results.contradicting > 0)
        this.logger.error('a bank report contradicts the books', {
          reportId: id,
          contradicting: results.contradicting,
        });
      const { items: lines, nextCursor } = pageOf(shown, SHOWN_LINES, lineId, lineView);
      return { id, kind, messageId, fileName, results, lines, nextCursor };
    } finally {
      await targeted.pieces.close();
    }
  }

  /** What each line is about, before anything of the report is applied; and what its lines say of which payouts. */
  private async targetLines(
    report: ReadReport,
  ): Promise<{ pieces: RecordFile<ReportItem[]>; count: number; taken: Set<string> }> {
    const { reader } = this.unitOfWork;
    const context = await this.targeting.begin(reader, report);
    const pieces = await RecordFile.create<ReportItem[]>();
    const taken = new Set<string>();
    let count = 0;
    try {
      for await (const lines of report.pieces.read()) {
        const items = await this.targeting.findTargets(reader, lines, context);
        count += items.length;
        for (const { line, target } of items) taken.add(wordKey(line.says, target));
        await pieces.append(items);
      }
      return { pieces, count, taken };
    } catch (error) {
      await pieces.close();
      throw error;
    }
  }

  /** Two reports that list the same line at the same time: the unique key lets one, and the other looks again. */
  private async applyOnce(
    report: { id: string; kind: BankReport['kind'] },
    offset: number,
    items: readonly ReportItem[],
    taken: ReadonlySet<string>,
  ): Promise<BankReportLineEntity[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.unitOfWork.run((tx) => this.apply(tx, report, offset, items, taken));
      } catch (error) {
        if (attempt >= ATTEMPTS || !isDuplicate(error, 'uq_bank_report_line_fingerprint')) throw error;
      }
    }
  }

  private async apply(
    tx: EntityManager,
    { id, kind }: { id: string; kind: BankReport['kind'] },
    offset: number,
    items: readonly ReportItem[],
    taken: ReadonlySet<string>,
  ): Promise<BankReportLineEntity[]> {
    const listed = await this.reports.findListed(
      tx,
      items.map((item) => item.fingerprint),
    );
    const found = await this.findByAccount(tx, id, items, listed, taken);
    const judged = items.map((item): Judged => {
      const byAccount = found.get(item);
      const target = item.target ?? (byAccount === 'several' ? null : (byAccount ?? null));
      const look = firstLook(item, target, kind === 'pain.002');
      const detail = look.detail ?? item.detail ?? accountDetail(byAccount);
      return { item, target, result: look.result, detail, listed: item.target === null && target !== null };
    });
    await this.hearWords(tx, judged);
    const lines = judged.map((one, index) => this.rowOf(id, offset + index + 1, one, listed.get(one.item.fingerprint)));
    await this.reports.insertLines(tx, lines);
    return lines;
  }

  /** Lets the payouts hear what is to be applied, and notes what came of it. */
  private async hearWords(tx: EntityManager, judged: readonly Judged[]): Promise<void> {
    const told: Judged[] = [];
    const words: BankWord[] = [];
    for (const one of judged) {
      const { line } = one.item;
      if (one.result !== 'applied' || one.target === null || line.says === null) continue;
      told.push(one);
      words.push({
        payoutId: one.target.payoutId,
        outcome: line.says,
        reasonCode: line.reasonCode,
        reason: line.reason,
        at: line.bookedOn === null ? this.clock.now() : new Date(line.bookedOn),
      });
    }
    const verdicts = await this.outcomes.record(tx, words);
    verdicts.forEach((verdict, index) => {
      const one = told[index];
      if (one && verdict.kind !== 'apply') one.result = verdict.kind;
    });
  }

  /** For bookings that name no payment: the payout that their account and amount tell, when it is one alone. */
  private async findByAccount(
    tx: EntityManager,
    reportId: string,
    items: readonly ReportItem[],
    listed: ReadonlyMap<string, ListedLine>,
    taken: ReadonlySet<string>,
  ): Promise<Map<ReportItem, ReportTarget | 'several'>> {
    const found = new Map<ReportItem, ReportTarget | 'several'>();
    const asking = items.filter(
      (item) => item.target === null && item.accountHashes.length > 0 && !listed.get(item.fingerprint),
    );
    // What came before under the same name was about this payout, whoever found that out.
    const known = items.flatMap((item) => {
      const payoutId = listed.get(item.fingerprint)?.payoutId;
      return item.target === null && payoutId ? [{ item, payoutId }] : [];
    });
    const candidates = await this.reports.lockCandidates(
      tx,
      [...new Set(asking.flatMap((item) => item.accountHashes))],
      [...items.flatMap(({ target }) => target?.payoutId ?? []), ...known.map(({ payoutId }) => payoutId)],
      reportId,
    );
    const claimed = new Set<string>();
    for (const item of asking) {
      const free = candidates.filter((one) => {
        const key = wordKey(item.line.says, one);
        return !taken.has(key) && !claimed.has(key);
      });
      const fit = onlyFit(item, free);
      if (fit === null) continue;
      found.set(item, fit);
      if (fit !== 'several') claimed.add(wordKey(item.line.says, fit));
    }
    const targets = await this.reports.findTargetsById(
      tx,
      known.map(({ payoutId }) => payoutId),
    );
    for (const { item, payoutId } of known) {
      const target = targets.get(payoutId);
      if (target) found.set(item, target);
    }
    return found;
  }

  private rowOf(
    reportId: string,
    line: number,
    { item, target, result: verdict, detail, listed }: Judged,
    before: ListedLine | undefined,
  ): BankReportLineEntity {
    const { bookedOn, ...said } = item.line;
    const open = isOpenResult(verdict);
    const result = open && before ? 'duplicate' : verdict;
    return {
      reportId,
      line,
      reference: said.reference,
      says: said.says,
      status: said.status.slice(0, 35),
      reasonCode: said.reasonCode,
      reason: said.reason,
      amount: said.amount,
      currency: said.currency,
      bookedOn,
      payoutId: result === 'unmatched' ? null : (target?.payoutId ?? null),
      result,
      detail: open && before ? `the same as ${lineId(before)}` : detail,
      amountMinor: minorOf(said),
      bankReference: said.bankReference,
      lastFour: item.lastFour,
      fingerprint: (open || listed) && !before ? item.fingerprint : null,
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
    };
  }
}

function wordKey(says: string | null, target: ReportTarget | null): string {
  return `${says ?? ''} ${target?.payoutId ?? ''}`;
}

function accountDetail(found: ReportTarget | 'several' | undefined): string | null {
  if (found === undefined) return null;
  return found === 'several' ? 'several payouts have this account and amount' : 'found by account and amount';
}
