import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OPEN_RESULTS } from './bank-report.entity.js';
import { lineId } from './bank-report-view.js';
import type { BankReportId, MerchantId, PayoutId } from '../../../shared/ids.js';

/** Lines that wait for a person, for those who must not move the money of their payouts meanwhile. */
@Injectable()
export class OpenLinesRepository {
  /** The oldest open line about each of these payouts, by payout; payouts without one are left out. */
  async findByPayout(tx: EntityManager, payoutIds: readonly PayoutId[]): Promise<Map<PayoutId, string>> {
    if (payoutIds.length === 0) return new Map();
    const rows: { payout_id: PayoutId; report_id: BankReportId; line: number }[] = await tx.query(
      `SELECT payout_id, report_id, line FROM bank_report_line WHERE payout_id IN (?) AND result IN (?)
       ORDER BY report_id DESC, line DESC`,
      [payoutIds, OPEN_RESULTS],
    );
    return new Map(rows.map(({ payout_id: id, report_id: reportId, line }) => [id, lineId({ reportId, line })]));
  }

  /**
   * Merchants about whose payouts in a currency the bank has said what the books do not follow: an open line of a report, or an
   * open contradiction of a called rail. Reads the open ones alone, of which there are few.
   */
  async findMerchants(tx: EntityManager, currency: string): Promise<Set<MerchantId>> {
    const rows: { merchant_id: MerchantId }[] = await tx.query(
      `SELECT DISTINCT p.merchant_id FROM bank_report_line l JOIN payout p ON p.id = l.payout_id
        WHERE l.result IN (?) AND p.currency = ?
       UNION
       SELECT p.merchant_id FROM payout_contradiction c JOIN payout p ON p.id = c.payout_id
        WHERE c.settled_at IS NULL AND p.currency = ?`,
      [OPEN_RESULTS, currency, currency],
    );
    return new Set(rows.map(({ merchant_id: id }) => id));
  }
}
