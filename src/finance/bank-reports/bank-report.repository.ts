import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { insertRows } from '../../database/index.js';
import type { PayoutState } from '../payouts/payout.js';
import { BankReportLineEntity } from './bank-report.entity.js';
import type { AccountCandidate, ReportTarget } from './line-matching.js';

/** Names in one IN list. */
const NAMES = 1000;

interface RawTarget {
  id: string;
  reference: string;
  amount: string;
  currency: string;
  state: PayoutState;
}

/** What the bank was told to pay. */
const TARGET = 'SELECT p.id, p.reference, p.sent_amount amount, p.currency, p.state';

/** A line's place. */
export interface LineKey {
  reportId: string;
  line: number;
}

/** A line that is known by its fingerprint. */
export interface ListedLine extends LineKey {
  payoutId: string | null;
}

/** What has happened to these lines moved their payout. */
const MOVED = "('applied', 'matched')";

@Injectable()
export class BankReportRepository {
  /** Payouts by their external reference; unknown references are left out. */
  async findTargets(tx: EntityManager, references: readonly string[]): Promise<Map<string, ReportTarget>> {
    const found = new Map<string, ReportTarget>();
    for (let from = 0; from < references.length; from += NAMES) {
      const rows: RawTarget[] = await tx.query(`${TARGET} FROM payout p WHERE p.reference IN (?)`, [
        references.slice(from, from + NAMES),
      ]);
      for (const row of rows) found.set(row.reference, targetOf(row));
    }
    return found;
  }

  /** Payouts by their ids. */
  async findTargetsById(tx: EntityManager, ids: readonly string[]): Promise<Map<string, ReportTarget>> {
    if (ids.length === 0) return new Map();
    const rows: RawTarget[] = await tx.query(`${TARGET} FROM payout p WHERE p.id IN (?)`, [ids]);
    return new Map(rows.map((row) => [row.id, targetOf(row)]));
  }

  /** All payouts of the batches with these message ids, by message id, in their order. */
  async findBatches(tx: EntityManager, messageIds: readonly string[]): Promise<Map<string, ReportTarget[]>> {
    const found = new Map<string, ReportTarget[]>();
    for (const messageId of messageIds) {
      const rows: RawTarget[] = await tx.query(
        `${TARGET} FROM payout p JOIN payout_batch b ON b.id = p.batch_id WHERE b.message_id = ? ORDER BY p.position`,
        [messageId],
      );
      if (rows.length > 0) found.set(messageId, rows.map(targetOf));
    }
    return found;
  }

  /** The payout, locked; null when there is none. */
  async lockTarget(tx: EntityManager, payoutId: string): Promise<ReportTarget | null> {
    const rows: RawTarget[] = await tx.query(`${TARGET} FROM payout p WHERE p.id = ? FOR UPDATE`, [payoutId]);
    return rows[0] ? targetOf(rows[0]) : null;
  }

  /** Currencies of which this is the operator's account, by its keyed hash. */
  async findOwnAccounts(tx: EntityManager): Promise<Map<string, string>> {
    const rows: { currency: string; number_hash: string }[] = await tx.query(
      'SELECT currency, number_hash FROM platform_account',
    );
    return new Map(rows.map((row) => [row.currency, row.number_hash]));
  }

  /** Lines that have these fingerprints, by fingerprint. */
  async findListed(tx: EntityManager, fingerprints: readonly string[]): Promise<Map<string, ListedLine>> {
    if (fingerprints.length === 0) return new Map();
    const rows: { fingerprint: string; report_id: string; line: number; payout_id: string | null; moved: string }[] =
      await tx.query(
        `SELECT fingerprint, report_id, line, payout_id, result IN ${MOVED} moved FROM bank_report_line
         WHERE fingerprint IN (?)`,
        [fingerprints],
      );
    return new Map(
      rows.map(({ fingerprint, report_id: reportId, line, payout_id: payoutId, moved }) => [
        fingerprint,
        { reportId, line, payoutId: Number(moved) === 1 ? payoutId : null },
      ]),
    );
  }

  /**
   * Payouts that were sent to these accounts (keyed hashes), locked together with `alsoLock`, in the order of their ids;
   * with what lines of other reports said of them.
   */
  async lockCandidates(
    tx: EntityManager,
    accountHashes: readonly string[],
    alsoLock: readonly string[],
    reportId: string,
  ): Promise<AccountCandidate[]> {
    if (accountHashes.length === 0) return [];
    const ids: { id: string }[] = await tx.query(
      `SELECT id FROM payout WHERE number_hash IN (?) AND state IN ('submitting', 'accepted', 'unknown', 'paid', 'returned')`,
      [accountHashes],
    );
    if (ids.length === 0) return [];
    const candidates = ids.map(({ id }) => id);
    await tx.query('SELECT id FROM payout WHERE id IN (?) ORDER BY id FOR UPDATE', [[...candidates, ...alsoLock]]);
    const rows: (RawTarget & { number_hash: string; submitted_at: Date })[] = await tx.query(
      `${TARGET}, p.number_hash, b.submitted_at FROM payout p JOIN payout_batch b ON b.id = p.batch_id WHERE p.id IN (?)`,
      [candidates],
    );
    const heard: { payout_id: string; says: string; booked_on: string | null; bank_reference: string | null }[] =
      await tx.query(
        `SELECT payout_id, says, booked_on, bank_reference FROM bank_report_line
         WHERE payout_id IN (?) AND result IN ${MOVED} AND report_id <> ?`,
        [candidates, reportId],
      );
    return rows.map((row) => ({
      ...targetOf(row),
      accountHash: row.number_hash,
      submittedAt: row.submitted_at,
      heard: heard
        .filter((said) => said.payout_id === row.id)
        .map((said) => ({ says: said.says, bookedOn: said.booked_on, bankReference: said.bank_reference })),
    }));
  }

  /** Whether a line has moved the payout by this word already. */
  async hasMoved(tx: EntityManager, payoutId: string, says: string): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `SELECT 1 FROM bank_report_line WHERE payout_id = ? AND says = ? AND result IN ${MOVED} LIMIT 1`,
      [payoutId, says],
    );
    return rows.length > 0;
  }

  /** The line, locked; null when there is none. */
  lockLine(tx: EntityManager, { reportId, line }: LineKey): Promise<BankReportLineEntity | null> {
    return tx.findOne(BankReportLineEntity, { where: { reportId, line }, lock: { mode: 'pessimistic_write' } });
  }

  /** Writes what a person decided of a locked line. */
  async decideLine(tx: EntityManager, line: BankReportLineEntity, decision: Partial<BankReportLineEntity>) {
    const { reportId, line: number, result } = line;
    const { affected } = await tx.update(BankReportLineEntity, { reportId, line: number, result }, decision);
    if (affected !== 1) throw new Error(`${reportId}-${number} is not ${result} any more although it is locked`);
  }

  async insertLines(tx: EntityManager, lines: readonly BankReportLineEntity[]): Promise<void> {
    const columns = tx.dataSource.getMetadata(BankReportLineEntity).columns;
    await insertRows(
      tx,
      'bank_report_line',
      columns.map((column) => column.databaseName),
      lines.map((line) =>
        columns.map((column) => {
          const value = line[column.propertyName as keyof BankReportLineEntity];
          return typeof value === 'bigint' ? value.toString() : value;
        }),
      ),
    );
  }
}

function targetOf(row: RawTarget): ReportTarget {
  const { id, reference, amount, currency, state } = row;
  return { payoutId: id, reference, amount: BigInt(amount), currency, state };
}
