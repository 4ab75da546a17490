import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OPEN_RESULTS } from './bank-report.entity.js';
import { lineId } from './bank-report-view.js';

/** Lines that wait for a person, for those who must not move the money of their payouts meanwhile. */
@Injectable()
export class OpenLines {
  /** The oldest open line about each of these payouts, by payout; payouts without one are left out. */
  async findByPayout(tx: EntityManager, payoutIds: readonly string[]): Promise<Map<string, string>> {
    if (payoutIds.length === 0) return new Map();
    const rows: { payout_id: string; report_id: string; line: number }[] = await tx.query(
      `SELECT payout_id, report_id, line FROM bank_report_line WHERE payout_id IN (?) AND result IN (?)
       ORDER BY report_id DESC, line DESC`,
      [payoutIds, OPEN_RESULTS],
    );
    return new Map(rows.map(({ payout_id: id, report_id: reportId, line }) => [id, lineId({ reportId, line })]));
  }
}
