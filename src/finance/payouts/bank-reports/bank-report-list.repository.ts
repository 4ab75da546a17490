import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BankReportEntity, BankReportLineEntity, OPEN_RESULTS, type LineResult } from './bank-report.entity.js';
import type { LineKey } from './bank-report-view.js';
import type { BankReportId, PayoutId } from '../../../shared/ids.js';

/** Which lines are wanted. */
export interface LineFilter {
  result?: LineResult | 'open';
  report?: BankReportId;
  payout?: PayoutId;
}

/** A line with what is told of its report. */
export interface ListedRow {
  line: BankReportLineEntity;
  kind: string;
  messageId: string;
  receivedAt: Date;
  ageDays: number;
}

/** Bank reports and their lines, for lists. */
@Injectable()
export class BankReportListRepository {
  /** How many lines of each result these reports have, by report. */
  async countResults(
    tx: EntityManager,
    reportIds: readonly BankReportId[],
  ): Promise<Map<BankReportId, [LineResult, number][]>> {
    const counts = new Map<BankReportId, [LineResult, number][]>(reportIds.map((id) => [id, []]));
    if (reportIds.length === 0) return counts;
    const rows: { report_id: BankReportId; result: LineResult; lines: string }[] = await tx.query(
      'SELECT report_id, result, COUNT(*) `lines` FROM bank_report_line WHERE report_id IN (?) GROUP BY report_id, result',
      [reportIds],
    );
    for (const { report_id: id, result, lines } of rows) counts.get(id)?.push([result, parseInt(lines, 10)]);
    return counts;
  }

  /** Lines after `after`, the oldest first. */
  async findLines(tx: EntityManager, filter: LineFilter, after: LineKey | null, limit: number): Promise<ListedRow[]> {
    const query = tx
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
