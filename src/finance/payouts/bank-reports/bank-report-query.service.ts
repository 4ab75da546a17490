import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { DomainError } from '../../../shared/domain-error.js';
import { pageOf, type Page, type PageRequest } from '../../../shared/page.js';
import type { PayoutErrorCode } from '../errors.js';
import { lineId, lineKey, lineView, resultCounts, type LineKey } from './bank-report-view.js';
import { BankReportEntity, BankReportLineEntity, OPEN_RESULTS, type LineResult } from './bank-report.entity.js';
import type { BankReportDto, ListedLineDto } from './bank-report.dto.js';

/** Which lines are wanted. */
export interface LineFilter {
  result?: LineResult | 'open';
  report?: string;
  payout?: string;
}

interface ListedRow {
  line: BankReportLineEntity;
  kind: string;
  messageId: string;
  receivedAt: Date;
  ageDays: number;
}

/** Rows read at once while a list is streamed. */
const CHUNK = 1000;

/** Bank reports and their lines as people see them. */
@Injectable()
export class BankReportQueryService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Reports, the latest first. */
  async listReports({ limit, after }: PageRequest): Promise<Page<BankReportDto>> {
    const rows = await this.unitOfWork.reader.find(BankReportEntity, {
      ...(after !== null && { where: { id: LessThan(after) } }),
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const views = await this.views(rows);
    return pageOf(
      views,
      limit,
      (view) => view.id,
      (view) => view,
    );
  }

  /** Throws `bank-report.not-found`. */
  async getReport(id: string): Promise<BankReportDto> {
    const row = await this.unitOfWork.reader.findOneBy(BankReportEntity, { id });
    const [view] = row ? await this.views([row]) : [];
    if (view) return view;
    throw noReport(id);
  }

  /** Lines, the oldest first. */
  async listLines(filter: LineFilter, { limit, after }: PageRequest): Promise<Page<ListedLineDto>> {
    const rows = await this.findLines(filter, after === null ? null : lineKey(after), limit + 1);
    return pageOf(rows, limit, ({ line }) => lineId(line), listedView);
  }

  /** Lines of one report. Throws `bank-report.not-found`. */
  async listReportLines(id: string, page: PageRequest): Promise<Page<ListedLineDto>> {
    if (!(await this.unitOfWork.reader.existsBy(BankReportEntity, { id }))) throw noReport(id);
    return this.listLines({ report: id }, page);
  }

  /** All such lines, read as they are consumed. */
  async *streamLines(filter: LineFilter): AsyncGenerator<ListedLineDto> {
    for (let after: LineKey | null = null; ;) {
      const rows: ListedRow[] = await this.findLines(filter, after, CHUNK);
      for (const row of rows) yield listedView(row);
      after = rows.at(-1)?.line ?? null;
      if (after === null || rows.length < CHUNK) return;
    }
  }

  /** Throws `bank-report.line-not-found`. */
  async getLine(id: string): Promise<ListedLineDto> {
    const key = lineKey(id);
    const before = key && { ...key, line: key.line - 1 };
    const [row] = key ? await this.findLines({ report: key.reportId }, before, 1) : [];
    if (row?.line.line === key?.line && row) return listedView(row);
    throw new DomainError<PayoutErrorCode>('bank-report.line-not-found', `There is no line ${id}.`);
  }

  private async views(rows: readonly BankReportEntity[]): Promise<BankReportDto[]> {
    if (rows.length === 0) return [];
    const counted: { report_id: string; result: LineResult; lines: string }[] = await this.unitOfWork.reader.query(
      'SELECT report_id, result, COUNT(*) `lines` FROM bank_report_line WHERE report_id IN (?) GROUP BY report_id, result',
      [rows.map((row) => row.id)],
    );
    return rows.map(({ receivedAt, ...row }) => {
      const own = counted.filter((count) => count.report_id === row.id);
      const results = resultCounts(own.map(({ result, lines }) => [result, parseInt(lines, 10)]));
      const known = own.reduce((sum, { lines }) => sum + parseInt(lines, 10), 0);
      return { ...row, receivedAt: receivedAt.toISOString(), complete: known === row.lineCount, results };
    });
  }

  private async findLines(filter: LineFilter, after: LineKey | null, limit: number): Promise<ListedRow[]> {
    const query = this.unitOfWork.reader
      .createQueryBuilder(BankReportLineEntity, 'l')
      .innerJoin(BankReportEntity, 'r', 'r.id = l.reportId')
      .addSelect('r.kind', 'kind')
      .addSelect('r.messageId', 'message_id')
      .addSelect('r.receivedAt', 'received_at')
      .addSelect('TIMESTAMPDIFF(DAY, r.receivedAt, CURRENT_TIMESTAMP(6))', 'age_days')
      .orderBy('l.reportId')
      .addOrderBy('l.line')
      .limit(limit);
    if (filter.result !== undefined)
      query.andWhere('l.result IN (:...results)', {
        results: filter.result === 'open' ? OPEN_RESULTS : [filter.result],
      });
    if (filter.report !== undefined) query.andWhere('l.reportId = :report', { report: filter.report });
    if (filter.payout !== undefined) query.andWhere('l.payoutId = :payout', { payout: filter.payout });
    if (after !== null)
      query.andWhere('l.reportId >= :afterReport AND (l.reportId > :afterReport OR l.line > :afterLine)', {
        afterReport: after.reportId,
        afterLine: after.line,
      });
    const { entities, raw } = await query.getRawAndEntities<{
      kind: string;
      message_id: string;
      received_at: Date;
      age_days: string;
    }>();
    return entities.map((line, index) => {
      const row = raw[index];
      if (!row) throw new Error('a line without its report');
      const { kind, message_id: messageId, received_at: receivedAt } = row;
      return { line, kind, messageId, receivedAt, ageDays: Number(row.age_days) };
    });
  }
}

function listedView({ line, kind, messageId, receivedAt, ageDays }: ListedRow): ListedLineDto {
  return {
    ...lineView(line),
    report: line.reportId,
    kind,
    messageId,
    receivedAt: receivedAt.toISOString(),
    ageDays,
    decidedBy: line.decidedBy,
    decidedAt: line.decidedAt?.toISOString() ?? null,
    decisionReason: line.decisionReason,
    proposal: proposalOf(line),
  };
}

function noReport(id: string): DomainError {
  return new DomainError<PayoutErrorCode>('bank-report.not-found', `There is no bank report ${id}.`);
}

function proposalOf(line: BankReportLineEntity): ListedLineDto['proposal'] {
  const { proposedPayoutId: payout, proposedBy: by, proposedAt, proposalReason: reason } = line;
  if (payout === null || by === null || proposedAt === null || reason === null) return null;
  return { payout, by, at: proposedAt.toISOString(), reason };
}
