import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MERCHANT_ACCOUNTS, type MerchantAccount } from '../account.js';
import type { MonthRange } from '../../../shared/calendar.js';
import { entryOf, SELECT_ENTRIES, type RawEntry, type StatementEntry } from './statement.repository.js';
import type { MerchantId } from '../../../shared/ids.js';

const ACCOUNTS = MERCHANT_ACCOUNTS.map((name) => `SELECT '${name}' account`).join(' UNION ALL ');

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

type RawPeriod = Record<'credited' | 'debited' | 'entries' | 'opening' | 'first_seq' | 'last_seq', string | null> & {
  account: MerchantAccount;
};

/** Numbers of the last entries of an asset that were posted before a period, and before its end; 0: none. */
interface AssetRange {
  asset: string;
  before_seq: string;
  last: string;
}

@Injectable()
export class MonthStatementRepository {
  /** When something was first posted to the merchant's accounts; null: never. */
  async findFirstPosting(tx: EntityManager, merchantId: MerchantId): Promise<Date | null> {
    const [row] = await tx.query<{ first: Date | null }[]>(
      `SELECT MIN(j.posted_at) first FROM account a
        JOIN entry e ON e.owner = a.merchant_id AND e.asset = a.asset AND e.seq = 1
        JOIN journal j ON j.id = e.journal_id WHERE a.merchant_id = ?`,
      [merchantId],
    );
    return row?.first ?? null;
  }

  /** Every account of the merchant on which something was posted before `to`. Reads the period's entries alone. */
  async findPeriods(tx: EntityManager, merchantId: MerchantId, range: MonthRange): Promise<AccountPeriod[]> {
    const periods: AccountPeriod[] = [];
    for (const { asset, before_seq: before, last } of await this.findRanges(tx, merchantId, range)) {
      const rows: RawPeriod[] = await tx.query(
        `SELECT a.account, x.credited, x.debited, x.entries, x.first_seq, x.last_seq,
            (SELECT e.balance_after FROM entry e
              WHERE e.owner = ? AND e.asset = ? AND e.account = a.account AND e.seq <= ? ORDER BY e.seq DESC LIMIT 1) opening
          FROM (${ACCOUNTS}) a LEFT JOIN (
            SELECT account, SUM(IF(amount > 0, amount, 0)) credited, SUM(IF(amount < 0, amount, 0)) debited,
              COUNT(*) entries, MIN(seq) first_seq, MAX(seq) last_seq
            FROM entry WHERE owner = ? AND asset = ? AND seq > ? AND seq <= ? GROUP BY account
          ) x ON x.account = a.account ORDER BY a.account`,
        [merchantId, asset, before, merchantId, asset, before, last],
      );
      for (const row of rows) if (row.opening !== null || row.entries !== null) periods.push(periodOf(asset, row));
    }
    return periods;
  }

  /**
   * Where a period begins and ends in the numbers of each asset's entries. Entries are numbered under a lock that is taken
   * before their journal is written, so they are posted in the order of their numbers: the places are found by halving.
   */
  private async findRanges(tx: EntityManager, merchantId: MerchantId, { from, to }: MonthRange): Promise<AssetRange[]> {
    const postedAt = `(SELECT j.posted_at FROM entry e JOIN journal j ON j.id = e.journal_id
      WHERE e.owner = ? AND e.asset = s.asset AND e.seq = (s.low + s.high + 1) DIV 2)`;
    return tx.query(
      `WITH RECURSIVE s (asset, moment, low, high) AS (
          SELECT a.asset, t.moment, CAST(0 AS SIGNED), a.version FROM account a
            JOIN (SELECT CAST(? AS DATETIME(6)) moment UNION ALL SELECT CAST(? AS DATETIME(6))) t WHERE a.merchant_id = ?
          UNION ALL
          SELECT s.asset, s.moment, IF(${postedAt} < s.moment, (s.low + s.high + 1) DIV 2, s.low),
            IF(${postedAt} < s.moment, s.high, (s.low + s.high + 1) DIV 2 - 1)
          FROM s WHERE s.low < s.high
        )
        SELECT asset, MIN(low) before_seq, MAX(low) last FROM s WHERE low = high GROUP BY asset ORDER BY asset`,
      [from, to, merchantId, merchantId, merchantId],
    );
  }

  /** Entries of one account in the period after number `after`, in the order in which they were posted. */
  async findEntries(
    tx: EntityManager,
    merchantId: MerchantId,
    { asset, account, last }: AccountPeriod,
    after: bigint,
    limit: number,
  ): Promise<StatementEntry[]> {
    const rows: RawEntry[] = await tx.query(
      `${SELECT_ENTRIES} WHERE e.owner = ? AND e.asset = ? AND e.account = ? AND e.seq > ? AND e.seq <= ?
        ORDER BY e.seq LIMIT ?`,
      [merchantId, asset, account, after.toString(), (last ?? 0n).toString(), limit],
    );
    return rows.map(entryOf);
  }
}

function periodOf(asset: string, row: RawPeriod): AccountPeriod {
  const amount = (text: string | null) => BigInt(text ?? 0);
  return {
    asset,
    account: row.account,
    opening: amount(row.opening),
    credited: amount(row.credited),
    debited: amount(row.debited),
    entries: parseInt(row.entries ?? '0', 10),
    first: row.first_seq === null ? null : BigInt(row.first_seq),
    last: row.last_seq === null ? null : BigInt(row.last_seq),
  };
}
