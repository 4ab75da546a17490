import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions } from '../../../core/conditions.js';
import type { OpenPeriod } from '../../../shared/page.dto.js';
import type { MomentKey } from '../../../shared/page.js';
import { ClosingRepository } from '../closings/closing.repository.js';
import type { AccountRef } from '../account.js';
import type { CauseId } from '../journal.js';
import type { BankReportId, JournalId, OrderPk, PayoutBatchId, PayoutId, RewardId } from '../../../shared/ids.js';

/** A journal as its row says it; times are RFC 3339 to the microsecond, as the database keeps them. */
export interface JournalRow {
  id: JournalId;
  businessKey: string;
  kind: string;
  description: string;
  causeType: string;
  causeId: CauseId;
  occurredAt: string;
  postedAt: string;
  /** Its link in the chain; null: not sealed yet. */
  sealPosition: string | null;
  seal: string | null;
}

export interface EntryRow {
  journalId: JournalId;
  line: number;
  owner: AccountRef['owner'];
  asset: string;
  account: string;
  amount: bigint;
  balanceAfter: bigint | null;
  rewardId: RewardId | null;
  payoutId: PayoutId | null;
}

/** From `from` on and before `to`, by the time of posting. */
export interface Period {
  from: Date;
  to: Date;
}

export interface PeriodTotals {
  journals: number;
  entries: number;
  assets: { asset: string; debit: bigint; credit: bigint }[];
}

/** What a payment was, and what the bank said of it. */
export interface PayoutTrail {
  payoutId: PayoutId;
  batchId: PayoutBatchId;
  reference: string;
  state: string;
}

export interface BankLineTrail {
  payoutId: PayoutId;
  reportId: BankReportId;
  line: number;
  status: string;
  amount: string | null;
  currency: string | null;
  bookedOn: string | null;
  result: string;
}

/** What journals may be looked for by: whatever is given has to fit. */
export interface JournalFilter extends OpenPeriod {
  reward?: RewardId | undefined;
  payout?: PayoutId | undefined;
  cause?: string | undefined;
  kind?: string | undefined;
  newestFirst?: boolean;
}

const time = (column: string) => `DATE_FORMAT(${column}, '%Y-%m-%dT%H:%i:%s.%fZ')`;
const SELECT = `SELECT j.id, j.business_key businessKey, j.kind, j.description, j.cause_type causeType, j.cause_id causeId,
    ${time('j.occurred_at')} occurredAt, ${time('j.posted_at')} postedAt, s.position sealPosition, s.seal
  FROM journal j LEFT JOIN journal_seal s ON s.journal_id = j.id`;

/** A journal's place in the order of posting, as the database writes it. */
export function placeOf({ postedAt, id }: Pick<JournalRow, 'postedAt' | 'id'>): MomentKey {
  return { at: postedAt.slice(0, -1).replace('T', ' '), id };
}

@Injectable()
export class JournalRepository {
  constructor(private readonly closings: ClosingRepository) {}

  async find(tx: EntityManager, id: JournalId): Promise<JournalRow | null> {
    const [row] = await tx.query<JournalRow[]>(`${SELECT} WHERE j.id = ?`, [id]);
    return row ?? null;
  }

  /** By id or business key. */
  findByNumber(tx: EntityManager, number: string): Promise<Pick<JournalRow, 'id' | 'description'>[]> {
    const select = 'SELECT id, description FROM journal WHERE';
    return tx.query(`${select} id = ? UNION ${select} business_key = ?`, [number, number]);
  }

  /** Journals that fit, in the order of their posting or against it. */
  async list(
    tx: EntityManager,
    { reward, payout, cause, kind, from, to, newestFirst = false }: JournalFilter,
    after: MomentKey | null,
    limit: number,
  ): Promise<JournalRow[]> {
    const within = (column: string) => `j.id IN (SELECT journal_id FROM entry WHERE ${column} = ?)`;
    const [beyond, direction] = newestFirst ? ['<', 'DESC'] : ['>', 'ASC'];
    const where = new Conditions()
      .and(within('reward_id'), reward)
      .and(within('payout_id'), payout)
      .and('j.cause_id = ?', cause)
      .and('j.kind = ?', kind)
      .and('j.posted_at >= ?', from)
      .and('j.posted_at < ?', to)
      .and(
        `j.posted_at ${beyond}= ? AND (j.posted_at ${beyond} ? OR j.id ${beyond} ?)`,
        after?.at,
        after?.at,
        after?.id,
      );
    return tx.query(`${SELECT} WHERE ${where.sql} ORDER BY j.posted_at ${direction}, j.id ${direction} LIMIT ?`, [
      ...where.values,
      limit,
    ]);
  }

  /** Journals of a period after a place, in the order in which they were posted. */
  async findPosted(
    tx: EntityManager,
    { from, to }: Period,
    after: Pick<JournalRow, 'postedAt' | 'id'> | null,
    limit: number,
  ): Promise<JournalRow[]> {
    // To the microsecond: a time as the driver reads it would lose some, and the page could begin too early.
    const at = after && placeOf(after).at;
    return tx.query(
      `${SELECT} WHERE j.posted_at >= ? AND j.posted_at < ? ${at ? 'AND (j.posted_at > ? OR j.id > ?)' : ''}
        ORDER BY j.posted_at, j.id LIMIT ?`,
      [at ?? from, to, ...(after && at ? [at, after.id] : []), limit],
    );
  }

  /** Entries of these journals, by journal and line. */
  async findEntries(tx: EntityManager, journalIds: readonly JournalId[]): Promise<EntryRow[]> {
    if (journalIds.length === 0) return [];
    const rows = await tx.query<
      (Omit<EntryRow, 'amount' | 'balanceAfter'> & Record<'amount' | 'balanceAfter', string>)[]
    >(
      `SELECT journal_id journalId, line, owner, asset, account, amount, balance_after balanceAfter,
          reward_id rewardId, payout_id payoutId
        FROM entry WHERE journal_id IN (?) ORDER BY journal_id, line`,
      [journalIds],
    );
    return rows.map((row) => ({
      ...row,
      amount: BigInt(row.amount),
      balanceAfter: (row.balanceAfter as string | null) === null ? null : BigInt(row.balanceAfter),
    }));
  }

  /**
   * What the entries of a period add up to. A debit is negative in the books and positive here. Reads what is closed as its sums, and
   * entry by entry what the period has before and after it. To be read at one moment.
   */
  async sumPosted(tx: EntityManager, { from, to }: Period): Promise<PeriodTotals> {
    const closed = await this.closings.findWithin(tx, from, to);
    const open = closed ? [from, closed.from, closed.to, to] : [from, to, to, to];
    const within = '(j.posted_at >= ? AND j.posted_at < ?)';
    const [counted] = await tx.query<{ journals: string }[]>(
      `SELECT COUNT(*) journals FROM journal j WHERE ${within} OR ${within}`,
      open,
    );
    const assets = await tx.query<Record<'asset' | 'entries' | 'debit' | 'credit', string>[]>(
      `SELECT x.asset, SUM(x.entries) entries, SUM(x.debit) debit, SUM(x.credit) credit FROM (
          SELECT asset, entries, debit, credit FROM book_closing_sum WHERE ends_at > ? AND ends_at <= ?
          UNION ALL
          SELECT e.asset, COUNT(*), -SUM(LEAST(e.amount, 0)), SUM(GREATEST(e.amount, 0))
            FROM journal j STRAIGHT_JOIN entry e ON e.journal_id = j.id WHERE ${within} OR ${within} GROUP BY e.asset
        ) x GROUP BY x.asset ORDER BY x.asset`,
      [closed?.from ?? to, closed?.to ?? to, ...open],
    );
    return {
      journals: (closed?.journals ?? 0) + Number(counted?.journals ?? 0),
      entries: assets.reduce((sum, { entries }) => sum + Number(entries), 0),
      assets: assets.map(({ asset, debit, credit }) => ({ asset, debit: BigInt(debit), credit: BigInt(credit) })),
    };
  }

  /** The orders (ord_…) that earned these rewards. */
  async findOrdersOf(tx: EntityManager, rewardIds: readonly RewardId[]): Promise<OrderPk[]> {
    if (rewardIds.length === 0) return [];
    const rows = await tx.query<{ order_pk: OrderPk }[]>('SELECT DISTINCT order_pk FROM reward WHERE id IN (?)', [
      rewardIds,
    ]);
    return rows.map((row) => row.order_pk);
  }

  async findPayouts(tx: EntityManager, payoutIds: readonly PayoutId[]): Promise<PayoutTrail[]> {
    if (payoutIds.length === 0) return [];
    return tx.query('SELECT id payoutId, batch_id batchId, reference, state FROM payout WHERE id IN (?) ORDER BY id', [
      payoutIds,
    ]);
  }

  async findBankLines(tx: EntityManager, payoutIds: readonly PayoutId[]): Promise<BankLineTrail[]> {
    if (payoutIds.length === 0) return [];
    return tx.query(
      `SELECT payout_id payoutId, report_id reportId, line, status, amount, currency, booked_on bookedOn, result
        FROM bank_report_line WHERE payout_id IN (?) ORDER BY report_id, line`,
      [payoutIds],
    );
  }
}
