import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { DomainError } from '../../../shared/domain-error.js';
import { pageOf, type Page, type PageRequest } from '../../../shared/page.js';
import type { PayoutErrorCode } from '../errors.js';
import { BankReportListRepository, type LineFilter, type ListedRow } from './bank-report-list.repository.js';
import { lineId, lineKey, lineView, resultCounts, type LineKey } from './bank-report-view.js';
import { BankReportEntity, type BankReportLineEntity } from './bank-report.entity.js';
import type { BankReportDto, LineCandidateListDto, ListedLineDto } from './bank-report.dto.js';
import { LineCandidateRepository } from './line-candidates.repository.js';
import { PayoutQueryService } from '../batches/payout-query.service.js';
import type { BankReportId } from '../../../shared/ids.js';

/** Rows read at once while a list is streamed. */
const CHUNK = 1000;

/** Bank reports and their lines as people see them. */
@Injectable()
export class BankReportQueryService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: BankReportListRepository,
    private readonly candidates: LineCandidateRepository,
    private readonly payouts: PayoutQueryService,
  ) {}

  /** Reports, the latest first. */
  async listReports({ limit, after }: PageRequest<BankReportId>): Promise<Page<BankReportDto>> {
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
  async getReport(id: BankReportId): Promise<BankReportDto> {
    const row = await this.unitOfWork.reader.findOneBy(BankReportEntity, { id });
    const [view] = row ? await this.views([row]) : [];
    if (view) return view;
    throw noReport(id);
  }

  /** Lines, the oldest first. */
  async listLines(filter: LineFilter, { limit, after }: PageRequest): Promise<Page<ListedLineDto>> {
    const rows = await this.lists.findLines(
      this.unitOfWork.reader,
      filter,
      after === null ? null : lineKey(after),
      limit + 1,
    );
    return pageOf(rows, limit, ({ line }) => lineId(line), listedView);
  }

  /** Lines of one report. Throws `bank-report.not-found`. */
  async listReportLines(id: BankReportId, page: PageRequest): Promise<Page<ListedLineDto>> {
    if (!(await this.unitOfWork.reader.existsBy(BankReportEntity, { id }))) throw noReport(id);
    return this.listLines({ report: id }, page);
  }

  /** All such lines, read as they are consumed. */
  async *streamLines(filter: LineFilter): AsyncGenerator<ListedLineDto> {
    const reader = await this.unitOfWork.heavyReader();
    for (let after: LineKey | null = null; ;) {
      const rows: ListedRow[] = await this.lists.findLines(reader, filter, after, CHUNK);
      for (const row of rows) yield listedView(row);
      after = rows.at(-1)?.line ?? null;
      if (after === null || rows.length < CHUNK) return;
    }
  }

  /** Throws `bank-report.line-not-found`. */
  async getLine(id: string): Promise<ListedLineDto> {
    return listedView(await this.findLine(id));
  }

  /** Payouts that a line may be about, the best fit first. Throws `bank-report.line-not-found`. */
  async findCandidates(id: string): Promise<LineCandidateListDto> {
    const { line } = await this.findLine(id);
    const found = await this.candidates.find(this.unitOfWork.reader, line);
    const items = found.map(async ({ id: payout, fits }) => ({ payout: await this.payouts.getPayout(payout), fits }));
    return { items: await Promise.all(items) };
  }

  private async findLine(id: string): Promise<ListedRow> {
    const key = lineKey(id);
    const before = key && { ...key, line: key.line - 1 };
    const [row] = key ? await this.lists.findLines(this.unitOfWork.reader, { report: key.reportId }, before, 1) : [];
    if (row?.line.line === key?.line && row) return row;
    throw new DomainError<PayoutErrorCode>('bank-report.line-not-found', `There is no line ${id}.`);
  }

  private async views(rows: readonly BankReportEntity[]): Promise<BankReportDto[]> {
    const ids = rows.map((row) => row.id);
    const counts = await this.lists.countResults(this.unitOfWork.reader, ids);
    return rows.map(({ receivedAt, ...row }) => {
      const own = counts.get(row.id) ?? [];
      const known = own.reduce((sum, [, lines]) => sum + lines, 0);
      const complete = known === row.lineCount;
      return { ...row, receivedAt: receivedAt.toISOString(), complete, results: resultCounts(own) };
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

function noReport(id: BankReportId): DomainError {
  return new DomainError<PayoutErrorCode>('bank-report.not-found', `There is no bank report ${id}.`);
}

function proposalOf(line: BankReportLineEntity): ListedLineDto['proposal'] {
  const { proposedPayoutId: payout, proposedBy: by, proposedAt, proposalReason: reason } = line;
  if (payout === null || by === null || proposedAt === null || reason === null) return null;
  return { payout, by, at: proposedAt.toISOString(), reason };
}
