import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MerchantAccount } from '../ledger/account.js';
import type { MonthRange } from '../../shared/month.js';
import { entryOf, SELECT_ENTRIES, type RawEntry, type StatementEntry } from './statement.repository.js';

/** What became of one account of a merchant in a period. */
export interface AccountPeriod {
  asset: string;
  account: MerchantAccount;
  /** What was posted before. */
  opening: bigint;
  credited: bigint;
  /** Zero or negative. */
  debited: bigint;
  entries: number;
  /** Numbers of the first and last entry within; null: none. */
  first: bigint | null;
  last: bigint | null;
}

type RawPeriod = Record<'opening' | 'credited' | 'debited' | 'entries' | 'asset', string> & {
  account: MerchantAccount;
  first_seq: string | null;
  last_seq: string | null;
};

@Injectable()
export class MonthStatementRepository {
  /** When something was first posted to the merchant's accounts; null: never. */
  async findFirstPosting(tx: EntityManager, merchantId: string): Promise<Date | null> {
    const [row] = await tx.query<{ first: Date | null }[]>(
      `SELECT MIN(j.posted_at) first FROM entry e JOIN journal j ON j.id = e.journal_id
        WHERE e.owner = ? AND e.seq <= 1`,
      [merchantId],
    );
    return row?.first ?? null;
  }

  /** Every account of the merchant on which something was posted before `to`. */
  async findPeriods(tx: EntityManager, merchantId: string, { from, to }: MonthRange): Promise<AccountPeriod[]> {
    const rows: RawPeriod[] = await tx.query(
      `SELECT x.asset, x.account, SUM(IF(x.within, 0, x.amount)) opening, SUM(x.within) entries,
          SUM(IF(x.within AND x.amount > 0, x.amount, 0)) credited,
          SUM(IF(x.within AND x.amount < 0, x.amount, 0)) debited,
          MIN(IF(x.within, x.seq, NULL)) first_seq, MAX(IF(x.within, x.seq, NULL)) last_seq
        FROM (
          SELECT e.asset, e.account, e.amount, e.seq, j.posted_at >= ? within
          FROM entry e JOIN journal j ON j.id = e.journal_id WHERE e.owner = ? AND j.posted_at < ?
        ) x GROUP BY x.asset, x.account ORDER BY x.asset, x.account`,
      [from, merchantId, to],
    );
    return rows.map((row) => ({
      asset: row.asset,
      account: row.account,
      opening: BigInt(row.opening),
      credited: BigInt(row.credited),
      debited: BigInt(row.debited),
      entries: parseInt(row.entries, 10),
      first: row.first_seq === null ? null : BigInt(row.first_seq),
      last: row.last_seq === null ? null : BigInt(row.last_seq),
    }));
  }

  /** Entries of one account in the period after number `after`, in the order in which they were posted. */
  async findEntries(
    tx: EntityManager,
    merchantId: string,
    { asset, account, last }: AccountPeriod,
    { from, to }: MonthRange,
    after: bigint,
    limit: number,
  ): Promise<StatementEntry[]> {
    const rows: RawEntry[] = await tx.query(
      `${SELECT_ENTRIES} WHERE e.owner = ? AND e.asset = ? AND e.account = ? AND e.seq > ? AND e.seq <= ?
          AND j.posted_at >= ? AND j.posted_at < ?
        ORDER BY e.seq LIMIT ?`,
      [merchantId, asset, account, after.toString(), (last ?? 0n).toString(), from, to, limit],
    );
    return rows.map(entryOf);
  }
}
