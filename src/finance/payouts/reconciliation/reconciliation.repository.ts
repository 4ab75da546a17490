import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OPEN_RESULTS, type LineResult } from '../bank-reports/bank-report.entity.js';
import { OPEN_STATES, type PayoutState } from '../payout.js';
import type { RailName } from '../rails/payout-rail.js';
import type { BankReportId, MerchantId, PayoutBatchId, PayoutId } from '../../../shared/ids.js';

/** How batches end, and what the states of their payouts are called together. */
export const ENDS = ['open', 'paid', 'failed', 'returned', 'withdrawn'] as const;
export type End = (typeof ENDS)[number];

export interface BatchFilter {
  currency?: string;
  rail?: RailName;
  onlyOpen: boolean;
}

export type BatchRow = Record<`${End | 'total'}_${'count' | 'amount'}`, string> & {
  id: PayoutId;
  message_id: string;
  currency: string;
  rail: RailName;
  submitted_at: Date;
  age_days: string;
};

export interface PayoutRow {
  id: PayoutId;
  batch_id: PayoutBatchId;
  position: number;
  merchant_id: MerchantId;
  reference: string;
  state: PayoutState;
  amount: string;
  sent_amount: string;
  currency: string;
  state_at: Date;
  open_days: string | null;
}

export interface LineRow {
  payout_id: PayoutId;
  report_id: BankReportId;
  line: number;
  says: string | null;
  status: string;
  amount: string | null;
  currency: string | null;
  booked_on: string | null;
  bank_reference: string | null;
  result: LineResult;
}

export interface JournalRow {
  payout_id: PayoutId;
  id: PayoutId;
  kind: string;
  amount: string;
  posted_at: Date;
}

const OPEN = OPEN_STATES.map((state) => `'${state}'`).join(', ');
const IS: Readonly<Record<End, string>> = {
  open: `p.state IN (${OPEN})`,
  paid: "p.state = 'paid'",
  failed: "p.state = 'failed'",
  returned: "p.state = 'returned'",
  withdrawn: "p.state = 'withdrawn'",
};
const SUMS = ENDS.map(
  (end) => `SUM(${IS[end]}) ${end}_count, SUM(IF(${IS[end]}, p.sent_amount, 0)) ${end}_amount`,
).join(', ');
const HEAD = 'b.id, b.message_id, b.currency, b.rail, b.submitted_at';

/** Reads across payouts, bank reports and the ledger; each page is a fixed number of statements. */
@Injectable()
export class ReconciliationRepository {
  /** Batches that were sent, the latest first, with what became of their payouts. */
  async findBatches(
    tx: EntityManager,
    { currency, rail, onlyOpen }: BatchFilter,
    after: string | null,
    limit: number,
  ): Promise<BatchRow[]> {
    return tx.query(
      `SELECT ${HEAD}, TIMESTAMPDIFF(DAY, b.submitted_at, CURRENT_TIMESTAMP(6)) age_days,
         COUNT(*) total_count, SUM(p.sent_amount) total_amount, ${SUMS}
       FROM (
         SELECT * FROM payout_batch s WHERE s.state IN ('submitted', 'withdrawn')
           ${currency === undefined ? '' : 'AND s.currency = ?'} ${rail === undefined ? '' : 'AND s.rail = ?'}
           ${after === null ? '' : 'AND s.id < ?'}
           ${onlyOpen ? `AND EXISTS (SELECT 1 FROM payout p WHERE p.batch_id = s.id AND ${IS.open})` : ''}
         ORDER BY s.id DESC LIMIT ?
       ) b JOIN payout p ON p.batch_id = b.id AND p.stop_reason IS NULL GROUP BY ${HEAD} ORDER BY b.id DESC`,
      [...[currency, rail, after ?? undefined].filter((value) => value !== undefined), limit],
    );
  }

  /** How many lines of bank reports wait for a person, and since when the oldest of them, in days. */
  async countWaiting(tx: EntityManager): Promise<{ count: number; oldestDays: number | null }> {
    const [row]: { waiting: string; oldest: string | null }[] = await tx.query(
      `SELECT COUNT(*) waiting, MAX(TIMESTAMPDIFF(DAY, r.received_at, CURRENT_TIMESTAMP(6))) oldest
       FROM bank_report_line l JOIN bank_report r ON r.id = l.report_id
       WHERE l.result IN (?)`,
      [OPEN_RESULTS],
    );
    return { count: Number(row?.waiting), oldestDays: row?.oldest == null ? null : Number(row.oldest) };
  }

  async hasBatch(tx: EntityManager, id: PayoutBatchId): Promise<boolean> {
    const rows: unknown[] = await tx.query('SELECT 1 FROM payout_batch WHERE id = ?', [id]);
    return rows.length > 0;
  }

  /** Payouts of a batch after a position, in order. */
  findPayouts(tx: EntityManager, batchId: PayoutBatchId, after: number, limit: number): Promise<PayoutRow[]> {
    return this.payouts(tx, 'p.batch_id = ? AND p.position > ? ORDER BY p.position LIMIT ?', [batchId, after, limit]);
  }

  findPayout(tx: EntityManager, id: PayoutId): Promise<PayoutRow[]> {
    return this.payouts(tx, 'p.id = ?', [id]);
  }

  /** What banks said of these payouts, the oldest first. */
  async findLines(tx: EntityManager, payoutIds: readonly PayoutId[]): Promise<LineRow[]> {
    if (payoutIds.length === 0) return [];
    return tx.query(
      `SELECT payout_id, report_id, line, says, status, amount, currency, booked_on, bank_reference, result
       FROM bank_report_line WHERE payout_id IN (?) ORDER BY report_id, line`,
      [payoutIds],
    );
  }

  /** What was posted of these payouts, the oldest first. */
  async findJournals(tx: EntityManager, payoutIds: readonly PayoutId[]): Promise<JournalRow[]> {
    if (payoutIds.length === 0) return [];
    return tx.query(
      `SELECT e.payout_id, j.id, j.kind, j.posted_at, SUM(IF(e.amount > 0, e.amount, 0)) amount
       FROM entry e JOIN journal j ON j.id = e.journal_id
       WHERE e.payout_id IN (?) GROUP BY e.payout_id, j.id, j.kind, j.posted_at ORDER BY j.id`,
      [payoutIds],
    );
  }

  private payouts(tx: EntityManager, where: string, parameters: unknown[]): Promise<PayoutRow[]> {
    return tx.query(
      `SELECT p.id, p.batch_id, p.position, p.merchant_id, p.reference, p.state, p.amount, p.sent_amount, p.currency,
         p.state_at, IF(${IS.open}, TIMESTAMPDIFF(DAY, b.submitted_at, CURRENT_TIMESTAMP(6)), NULL) open_days
       FROM payout p JOIN payout_batch b ON b.id = p.batch_id WHERE ${where}`,
      parameters,
    );
  }
}
