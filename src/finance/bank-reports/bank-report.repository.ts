import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { insertRows } from '../../database/index.js';
import type { BankReportLineEntity } from './bank-report.entity.js';

/** The payout that a reference names. */
export interface ReportTarget {
  payoutId: string;
  /** What the bank was told to pay, minor units. */
  amount: bigint;
  currency: string;
}

@Injectable()
export class BankReportRepository {
  /** Payouts by their external reference; unknown references are left out. */
  async findTargets(tx: EntityManager, references: readonly string[]): Promise<Map<string, ReportTarget>> {
    if (references.length === 0) return new Map();
    const rows: { id: string; reference: string; amount: string; currency: string }[] = await tx.query(
      'SELECT id, reference, sent_amount amount, currency FROM payout WHERE reference IN (?)',
      [references],
    );
    return new Map(
      rows.map((row) => [row.reference, { payoutId: row.id, amount: BigInt(row.amount), currency: row.currency }]),
    );
  }

  /** References of all payouts in the file with this message id. */
  async findReferences(tx: EntityManager, messageId: string): Promise<string[]> {
    const rows: { reference: string }[] = await tx.query(
      `SELECT p.reference FROM payout p JOIN payout_batch b ON b.id = p.batch_id
       WHERE b.message_id = ? ORDER BY p.position`,
      [messageId],
    );
    return rows.map((row) => row.reference);
  }

  async insertLines(tx: EntityManager, lines: readonly BankReportLineEntity[]): Promise<void> {
    await insertRows(
      tx,
      'bank_report_line',
      [
        'report_id',
        'line',
        'reference',
        'says',
        'status',
        'reason_code',
        'reason',
        'amount',
        'currency',
        'booked_on',
        'payout_id',
        'result',
        'detail',
      ],
      lines.map((line) => [
        line.reportId,
        line.line,
        line.reference,
        line.says,
        line.status,
        line.reasonCode,
        line.reason,
        line.amount,
        line.currency,
        line.bookedOn,
        line.payoutId,
        line.result,
        line.detail,
      ]),
    );
  }
}
