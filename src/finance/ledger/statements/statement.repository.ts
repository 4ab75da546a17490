import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions } from '../../../core/conditions.js';
import type { OpenPeriod } from '../../../shared/page.dto.js';
import { MERCHANT_ACCOUNTS, type MerchantAccount } from '../account.js';
import { ClosingRepository } from '../closings/closing.repository.js';
import type { CauseId, CauseType, JournalKind } from '../journal.js';
import type { JournalId, MerchantId, PayoutId, RewardId, StorefrontId } from '../../../shared/ids.js';

/** An entry on a merchant's own account, with its journal. */
export interface StatementEntry {
  journalId: JournalId;
  line: number;
  /** Number of the entry within (merchant, asset). */
  seq: bigint;
  asset: string;
  account: MerchantAccount;
  amount: bigint;
  balanceAfter: bigint;
  rewardId: RewardId | null;
  payoutId: PayoutId | null;
  kind: JournalKind;
  description: string;
  causeType: CauseType;
  causeId: CauseId;
  occurredAt: Date;
  postedAt: Date;
}

export type RawEntry = {
  journal_id: JournalId;
  line: number;
  seq: string;
  asset: string;
  account: MerchantAccount;
  amount: string;
  balance_after: string;
  reward_id: RewardId | null;
  payout_id: PayoutId | null;
  kind: JournalKind;
  description: string;
  cause_type: CauseType;
  cause_id: CauseId;
  occurred_at: Date;
  posted_at: Date;
};

/** Entries with their journals, for {@link entryOf}. */
export const SELECT_ENTRIES = `SELECT e.journal_id, e.line, e.seq, e.asset, e.account, e.amount, e.balance_after, e.reward_id, e.payout_id,
    j.kind, j.description, j.cause_type, j.cause_id, j.occurred_at, j.posted_at
  FROM entry e JOIN journal j ON j.id = e.journal_id`;

/** A place in a statement. */
export interface StatementKey {
  journalId: JournalId | '';
  line: number;
}

/** Which entries of a statement; `from` and `to` are of their posting. */
export interface EntryFilter extends OpenPeriod {
  kind?: JournalKind | undefined;
  asset?: string | undefined;
  newestFirst?: boolean;
}

@Injectable()
export class StatementRepository {
  constructor(private readonly closings: ClosingRepository) {}

  /** A merchant's entries after a place, in the order in which they were posted or against it; null: from the beginning. */
  async findEntries(
    tx: EntityManager,
    merchantId: MerchantId,
    { kind, asset, from, to, newestFirst = false }: EntryFilter,
    after: StatementKey | null,
    limit: number,
  ): Promise<StatementEntry[]> {
    const [beyond, direction] = newestFirst ? ['<', 'DESC'] : ['>', 'ASC'];
    const where = new Conditions()
      .and('e.owner = ?', merchantId)
      .and('e.asset = ?', asset)
      .and('j.kind = ?', kind)
      .and('j.posted_at >= ?', from)
      .and('j.posted_at < ?', to)
      .and(
        `e.journal_id ${beyond}= ? AND (e.journal_id ${beyond} ? OR e.line ${beyond} ?)`,
        after?.journalId,
        after?.journalId,
        after?.line,
      );
    const rows: RawEntry[] = await tx.query(
      `${SELECT_ENTRIES} WHERE ${where.sql} ORDER BY e.journal_id ${direction}, e.line ${direction} LIMIT ?`,
      [...where.values, limit],
    );
    return rows.map(entryOf);
  }

  /** What moved a merchant's negative balance since it was zero the last time, the oldest first. */
  async findOwedEntries(tx: EntityManager, merchantId: MerchantId, asset: string): Promise<StatementEntry[]> {
    const [settled]: { seq: string }[] = await tx.query(
      `SELECT seq FROM entry WHERE owner = ? AND asset = ? AND account = 'owed' AND balance_after = 0
        ORDER BY seq DESC LIMIT 1`,
      [merchantId, asset],
    );
    const rows: RawEntry[] = await tx.query(
      `${SELECT_ENTRIES} WHERE e.owner = ? AND e.asset = ? AND e.account = 'owed' AND e.seq > ? ORDER BY e.seq`,
      [merchantId, asset, settled?.seq ?? 0],
    );
    return rows.map(entryOf);
  }

  /** The orders that earned these rewards, by reward. */
  async findOrders(
    tx: EntityManager,
    rewardIds: readonly RewardId[],
  ): Promise<Map<RewardId, { storefront: StorefrontId; orderId: string }>> {
    if (rewardIds.length === 0) return new Map();
    const rows: { id: RewardId; storefront: StorefrontId; orderId: string }[] = await tx.query(
      `SELECT r.id, o.storefront_id storefront, o.order_id orderId
        FROM reward r JOIN shop_order o ON o.id = r.order_pk WHERE r.id IN (?)`,
      [[...new Set(rewardIds)]],
    );
    return new Map(rows.map(({ id, ...order }) => [id, order]));
  }

  /** The merchant's side of everything that happened to these rewards, by reward, the oldest first. */
  async findRewardEntries(tx: EntityManager, rewardIds: readonly RewardId[]): Promise<Map<RewardId, StatementEntry[]>> {
    const found = new Map<RewardId, StatementEntry[]>(rewardIds.map((id) => [id, []]));
    if (rewardIds.length === 0) return found;
    const rows: RawEntry[] = await tx.query(
      `${SELECT_ENTRIES} WHERE e.reward_id IN (?) AND e.account IN (?) ORDER BY e.journal_id, e.line`,
      [rewardIds, MERCHANT_ACCOUNTS],
    );
    for (const row of rows) if (row.reward_id !== null) found.get(row.reward_id)?.push(entryOf(row));
    return found;
  }

  /**
   * What all entries by asset and account add up to; with `at`, those posted before. Reads what is closed as its sums, and entry
   * by entry what was posted since.
   */
  async sumAccounts(
    tx: EntityManager,
    at: Date | null,
  ): Promise<{ asset: string; account: string; balance: bigint }[]> {
    const closed = await this.closings.findEnd(tx, at);
    const rows: { asset: string; account: string; balance: string }[] = await tx.query(
      `SELECT x.asset, x.account, SUM(x.balance) balance FROM (
          SELECT asset, account, SUM(credit - debit) balance FROM book_closing_sum WHERE ends_at <= ? GROUP BY asset, account
          UNION ALL
          SELECT e.asset, e.account, SUM(e.amount) FROM journal j STRAIGHT_JOIN entry e ON e.journal_id = j.id
            WHERE j.posted_at >= ? ${at ? 'AND j.posted_at < ?' : ''} GROUP BY e.asset, e.account
        ) x GROUP BY x.asset, x.account ORDER BY x.asset, x.account`,
      [closed, closed, ...(at ? [at] : [])],
    );
    return rows.map((row) => ({ ...row, balance: BigInt(row.balance) }));
  }
}

/** A row of {@link SELECT_ENTRIES}. */
export function entryOf(row: RawEntry): StatementEntry {
  return {
    journalId: row.journal_id,
    line: row.line,
    seq: BigInt(row.seq),
    asset: row.asset,
    account: row.account,
    amount: BigInt(row.amount),
    balanceAfter: BigInt(row.balance_after),
    rewardId: row.reward_id,
    payoutId: row.payout_id,
    kind: row.kind,
    description: row.description,
    causeType: row.cause_type,
    causeId: row.cause_id,
    occurredAt: row.occurred_at,
    postedAt: row.posted_at,
  };
}
