import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { insertRows } from '../../core/columns.js';
import { MERCHANT_ACCOUNTS, type Balances } from './account.js';
import { newAccountRow, type AccountRow, type Book } from './book.js';

type RawAccount = { merchant_id: string; asset: string; version: string } & Record<keyof Balances, string>;

/** Begins when something becomes available, and ends when nothing is. */
const SINCE = 'available_since = IF(VALUES(available) > 0, COALESCE(available_since, NOW(6)), NULL)';

const ACCOUNT_COLUMNS = ['merchant_id', 'asset', ...MERCHANT_ACCOUNTS, 'version'];

@Injectable()
export class LedgerRepository {
  /** Locks all accounts of these merchants, in key order; the (merchant, asset) pairs in `wanted` are made when missing. */
  async lockAccounts(
    tx: EntityManager,
    wanted: readonly { merchantId: string; asset: string }[],
  ): Promise<AccountRow[]> {
    const merchants = [...new Set(wanted.map((w) => w.merchantId))].sort();
    if (merchants.length === 0) return [];
    const locked = await this.selectForUpdate(tx, merchants);
    const known = new Set(locked.map((row) => `${row.merchantId} ${row.asset}`));
    const missing = new Map(
      wanted
        .map((w) => [`${w.merchantId} ${w.asset}`, [w.merchantId, w.asset]] as const)
        .filter(([key]) => !known.has(key)),
    );
    if (missing.size === 0) return locked;
    const rows = [...missing.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    // Another transaction may make the same row now: this waits for it, then the row is locked and read as it left it.
    await insertRows(
      tx,
      'account',
      ['merchant_id', 'asset'],
      rows,
      'ON DUPLICATE KEY UPDATE merchant_id = account.merchant_id',
    );
    return this.selectForUpdate(tx, merchants);
  }

  /** Writes a book: journals and entries are inserted, balances move with them. */
  async write(tx: EntityManager, book: Book): Promise<void> {
    if (book.journals.length === 0) return;
    await insertRows(
      tx,
      'journal',
      ['id', 'business_key', 'kind', 'description', 'cause_type', 'cause_id', 'occurred_at'],
      book.journals.map((j) => [j.id, j.businessKey, j.kind, j.description, j.cause.type, j.cause.id, j.occurredAt]),
    );
    await insertRows(
      tx,
      'entry',
      ['journal_id', 'line', 'owner', 'asset', 'account', 'amount', 'seq', 'balance_after', 'reward_id', 'payout_id'],
      book.journals.flatMap((j) =>
        j.entries.map((e, index) => [
          j.id,
          index + 1,
          e.owner,
          e.asset,
          e.account,
          e.amount.toString(),
          e.seq?.toString() ?? null,
          e.balanceAfter?.toString() ?? null,
          e.rewardId ?? null,
          e.payoutId ?? null,
        ]),
      ),
    );
    await insertRows(
      tx,
      'account',
      ACCOUNT_COLUMNS,
      book
        .changes()
        .map((row) => [
          row.merchantId,
          row.asset,
          ...MERCHANT_ACCOUNTS.map((account) => row.balances[account].toString()),
          row.version.toString(),
        ]),
      `ON DUPLICATE KEY UPDATE ${[...MERCHANT_ACCOUNTS, 'version'].map((c) => `${c} = VALUES(${c})`).join(', ')}, ${SINCE}`,
    );
  }

  /** Journals that exist already, by business key. */
  async findJournalIds(tx: EntityManager, businessKeys: readonly string[]): Promise<Map<string, string>> {
    if (businessKeys.length === 0) return new Map();
    const rows: { id: string; business_key: string }[] = await tx.query(
      `SELECT id, business_key FROM journal WHERE business_key IN (?)`,
      [businessKeys],
    );
    return new Map(rows.map((row) => [row.business_key, row.id]));
  }

  /** A merchant's accounts as last committed, by asset. */
  async findAccounts(tx: EntityManager, merchantId: string): Promise<AccountRow[]> {
    const rows: RawAccount[] = await tx.query('SELECT * FROM account WHERE merchant_id = ? ORDER BY asset', [
      merchantId,
    ]);
    return rows.map(toAccountRow);
  }

  private async selectForUpdate(tx: EntityManager, merchants: readonly string[]): Promise<AccountRow[]> {
    const rows: RawAccount[] = await tx.query(
      'SELECT * FROM account FORCE INDEX (PRIMARY) WHERE merchant_id IN (?) ORDER BY merchant_id, asset FOR UPDATE',
      [merchants],
    );
    return rows.map(toAccountRow);
  }
}

function toAccountRow(raw: RawAccount): AccountRow {
  const row = newAccountRow(raw.merchant_id, raw.asset);
  for (const account of MERCHANT_ACCOUNTS) row.balances[account] = BigInt(raw[account]);
  row.version = BigInt(raw.version);
  return row;
}
