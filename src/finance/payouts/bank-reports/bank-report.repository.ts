import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Table } from '../../../core/table.js';
import type { PayoutState } from '../payout.js';
import { BankReportLineEntity } from './bank-report.entity.js';
import { lineId, type LineKey } from './bank-report-view.js';
import type { Telling } from './booking.js';
import type { KnownBooking } from './line-judgement.js';
import type { AccountCandidate, ReportTarget } from './line-matching.js';
import type { BankReportId, PayoutId } from '../../../shared/ids.js';

/** Names in one IN list. */
const NAMES = 1000;

interface RawTarget {
  id: PayoutId;
  reference: string;
  amount: string;
  currency: string;
  state: PayoutState;
}

/** What the bank was told to pay. */
const TARGET = 'SELECT p.id, p.reference, p.sent_amount amount, p.currency, p.state';

const LINES = new Table(BankReportLineEntity);

/** What a line told of a booking, with its message and the account of its payout. */
const BOOKED = `SELECT ${LINES.list(undefined, 'l')}, r.message_id, p.number_hash
  FROM bank_report_line l JOIN bank_report r ON r.id = l.report_id LEFT JOIN payout p ON p.id = l.payout_id`;

interface Booked {
  line: BankReportLineEntity;
  messageId: string;
  /** Keyed hash of the account of its payout. */
  payoutAccount: string | null;
}

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

  /** All payouts that were sent of the batches with these message ids, by message id, in their order. */
  async findBatches(tx: EntityManager, messageIds: readonly string[]): Promise<Map<string, ReportTarget[]>> {
    const found = new Map<string, ReportTarget[]>();
    for (const messageId of messageIds) {
      const rows: RawTarget[] = await tx.query(
        `${TARGET} FROM payout p JOIN payout_batch b ON b.id = p.batch_id WHERE b.message_id = ? AND p.stop_reason IS NULL
         ORDER BY p.position`,
        [messageId],
      );
      if (rows.length > 0) found.set(messageId, rows.map(targetOf));
    }
    return found;
  }

  /** The payout, locked; null when there is none. */
  async lockTarget(tx: EntityManager, payoutId: PayoutId): Promise<ReportTarget | null> {
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

  /** Ids of the lines that have these fingerprints, by fingerprint. */
  async findListed(tx: EntityManager, fingerprints: readonly string[]): Promise<Map<string, string>> {
    if (fingerprints.length === 0) return new Map();
    const rows: { fingerprint: string; report_id: BankReportId; line: number }[] = await tx.query(
      'SELECT fingerprint, report_id, line FROM bank_report_line WHERE fingerprint IN (?)',
      [fingerprints],
    );
    return new Map(rows.map((row) => [row.fingerprint, lineId({ reportId: row.report_id, line: row.line })]));
  }

  /**
   * Locks payouts, in the order of their ids: these, and all that were sent to these accounts (keyed hashes); with where they
   * stand now.
   */
  async lockPayouts(
    tx: EntityManager,
    payoutIds: readonly PayoutId[],
    accountHashes: readonly string[],
  ): Promise<{ states: Map<PayoutId, PayoutState>; candidates: AccountCandidate[] }> {
    const sentThere: { id: PayoutId }[] =
      accountHashes.length === 0
        ? []
        : await tx.query(
            `SELECT id FROM payout WHERE number_hash IN (?) AND state IN ('submitting', 'accepted', 'unknown', 'paid', 'returned')`,
            [accountHashes],
          );
    const candidates = sentThere.map(({ id }) => id);
    const ids = [...new Set([...payoutIds, ...candidates])];
    if (ids.length === 0) return { states: new Map(), candidates: [] };
    const locked: { id: PayoutId; state: PayoutState }[] = await tx.query(
      'SELECT id, state FROM payout WHERE id IN (?) ORDER BY id FOR UPDATE',
      [ids],
    );
    const states = new Map(locked.map(({ id, state }) => [id, state]));
    if (candidates.length === 0) return { states, candidates: [] };
    const rows: (RawTarget & { number_hash: string; submitted_at: Date })[] = await tx.query(
      `${TARGET}, p.number_hash, b.submitted_at FROM payout p JOIN payout_batch b ON b.id = p.batch_id
       WHERE p.id IN (?) ORDER BY p.id`,
      [candidates],
    );
    return {
      states,
      candidates: rows.map((row) => ({
        ...targetOf(row),
        accountHash: row.number_hash,
        submittedAt: row.submitted_at,
      })),
    };
  }

  /**
   * Bookings of these payouts, and those of these amounts on these days (`days` null: on any day), with every line that told
   * of them. Lock the payouts before.
   */
  async findBookings(
    tx: EntityManager,
    payoutIds: readonly PayoutId[],
    amounts: readonly bigint[],
    days: readonly string[] | null,
  ): Promise<KnownBooking[]> {
    const minors = amounts.map((amount) => amount.toString());
    const first = `WHERE l.same_as IS NULL AND l.amount_minor IS NOT NULL AND l.status LIKE 'BOOK%' AND l.result <> 'noted'`;
    const ofPayouts =
      payoutIds.length === 0 ? [] : await this.findBooked(tx, `${first} AND l.payout_id IN (?)`, [payoutIds]);
    const onDays = days === null ? '' : 'AND (l.booked_on IN (?) OR l.booked_on IS NULL)';
    const ofAmounts =
      minors.length === 0
        ? []
        : await this.findBooked(tx, `${first} AND l.amount_minor IN (?) ${onDays}`, [
            minors,
            ...(days === null ? [] : [days.length === 0 ? [''] : days]),
          ]);
    const leads = new Map([...ofPayouts, ...ofAmounts].map((booked) => [lineId(booked.line), booked]));
    if (leads.size === 0) return [];
    const tellings = new Map<string, Telling[]>();
    for (const booked of await this.findBooked(tx, 'WHERE l.same_as IN (?)', [[...leads.keys()]])) {
      const id = booked.line.sameAs ?? '';
      tellings.set(id, [...(tellings.get(id) ?? []), tellingOf(booked)]);
    }
    return [...leads]
      .sort(([, { line: one }], [, { line: other }]) =>
        one.reportId === other.reportId ? one.line - other.line : one.reportId < other.reportId ? -1 : 1,
      )
      .map(([id, booked]) => {
        const { payoutId, says: bankStatus, result, fingerprint } = booked.line;
        const told: [Telling, ...Telling[]] = [tellingOf(booked), ...(tellings.get(id) ?? [])];
        return { id, payoutId, bankStatus, result, fingerprint, payoutAccount: booked.payoutAccount, tellings: told };
      });
  }

  private async findBooked(tx: EntityManager, where: string, parameters: readonly unknown[]): Promise<Booked[]> {
    const rows = await tx.query<{ message_id: string; number_hash: string | null }[]>(`${BOOKED} ${where}`, [
      ...parameters,
    ]);
    return rows.map((row) => ({ line: LINES.rowOf(row), messageId: row.message_id, payoutAccount: row.number_hash }));
  }

  /** Whether a booking has told this of the payout already. */
  async hasMoved(tx: EntityManager, payoutId: PayoutId, says: string): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `SELECT 1 FROM bank_report_line WHERE payout_id = ? AND says = ? AND result IN ('applied', 'matched', 'duplicate', 'late')
       AND status LIKE 'BOOK%' LIMIT 1`,
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
    await LINES.insert(tx, lines);
  }
}

function targetOf(row: RawTarget): ReportTarget {
  const { id, reference, amount, currency, state } = row;
  return { payoutId: id, reference, amount: BigInt(amount), currency, state };
}

function tellingOf({ line, messageId }: Booked): Telling {
  const { amountMinor: amount, currency } = line;
  if (amount === null || currency === null) throw new Error(`${lineId(line)} tells of a booking without its amount`);
  return {
    reportId: line.reportId,
    messageId,
    account: line.ownAccountHash,
    status: line.status,
    amount,
    currency,
    charge: line.chargeMinor,
    bookedOn: line.bookedOn,
    reference: line.reference,
    bankReference: line.bankReference,
    entryReference: line.entryReference,
    others: line.otherAccountHashes === null ? [] : line.otherAccountHashes.split(' '),
  };
}
