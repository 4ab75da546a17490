import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Table } from '../../core/table.js';
import { AccountEntity } from './account.entity.js';
import { MERCHANT_ACCOUNTS } from './account.js';
import type { AccountRow, Book } from './book.js';
import { EntryEntity, JournalEntity } from './journal.entity.js';
import type { JournalId, MerchantId } from '../../shared/ids.js';

const ACCOUNTS = new Table(AccountEntity);
const JOURNALS = new Table(JournalEntity);
const ENTRIES = new Table(EntryEntity);

/** Begins when something becomes available, and ends when nothing is. */
const SINCE = 'available_since = IF(VALUES(available) > 0, COALESCE(available_since, NOW(6)), NULL)';

@Injectable()
export class LedgerRepository {
  /** Locks all accounts of these merchants, in key order; the (merchant, asset) pairs in `wanted` are made when missing. */
  async lockAccounts(
    tx: EntityManager,
    wanted: readonly { merchantId: MerchantId; asset: string }[],
  ): Promise<AccountRow[]> {
    const merchants = [...new Set(wanted.map((w) => w.merchantId))].sort();
    if (merchants.length === 0) return [];
    const locked = await this.selectForUpdate(tx, merchants);
    const known = new Set(locked.map((row) => `${row.merchantId} ${row.asset}`));
    const missing = new Map(
      wanted
        .map(({ merchantId, asset }) => [`${merchantId} ${asset}`, { merchantId, asset }] as const)
        .filter(([key]) => !known.has(key)),
    );
    if (missing.size === 0) return locked;
    const rows = [...missing.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    // Another transaction may make the same row now: this waits for it, then the row is locked and read as it left it.
    await ACCOUNTS.insert(tx, rows, 'ON DUPLICATE KEY UPDATE merchant_id = account.merchant_id');
    return this.selectForUpdate(tx, merchants);
  }

  /** Writes a book: journals and entries are inserted, balances move with them. */
  async write(tx: EntityManager, book: Book): Promise<void> {
    if (book.journals.length === 0) return;
    await JOURNALS.insert(
      tx,
      book.journals.map(({ id, businessKey, kind, description, cause, occurredAt }) => {
        return { id, businessKey, kind, description, causeType: cause.type, causeId: cause.id, occurredAt };
      }),
    );
    await ENTRIES.insert(
      tx,
      book.journals.flatMap(({ id: journalId, entries }) =>
        entries.map(({ owner, asset, account, amount, seq, balanceAfter, rewardId = null, payoutId = null }, index) => {
          return { journalId, line: index + 1, owner, asset, account, amount, seq, balanceAfter, rewardId, payoutId };
        }),
      ),
    );
    const balances = [...MERCHANT_ACCOUNTS, 'version'].map((column) => `${column} = VALUES(${column})`).join(', ');
    await ACCOUNTS.insert(
      tx,
      book.changes().map(({ merchantId, asset, version, balances }) => ({ merchantId, asset, version, ...balances })),
      `ON DUPLICATE KEY UPDATE ${balances}, ${SINCE}`,
    );
  }

  /** Journals that exist already, by business key. */
  async findJournalIds(tx: EntityManager, businessKeys: readonly string[]): Promise<Map<string, JournalId>> {
    if (businessKeys.length === 0) return new Map();
    const rows: { id: JournalId; business_key: string }[] = await tx.query(
      `SELECT id, business_key FROM journal WHERE business_key IN (?)`,
      [businessKeys],
    );
    return new Map(rows.map((row) => [row.business_key, row.id]));
  }

  /** A merchant's accounts as last committed, by asset. */
  async findAccounts(tx: EntityManager, merchantId: MerchantId): Promise<AccountRow[]> {
    const accounts = await ACCOUNTS.find(tx, 'WHERE merchant_id = ? ORDER BY asset', [merchantId]);
    return accounts.map(toAccountRow);
  }

  /** Accounts in one asset, as last committed, in the order of their merchants. */
  async findAccountsOf(
    tx: EntityManager,
    asset: string,
    after: MerchantId | null,
    limit: number,
  ): Promise<AccountRow[]> {
    const rest = 'WHERE asset = ? AND merchant_id > ? ORDER BY merchant_id LIMIT ?';
    return (await ACCOUNTS.find(tx, rest, [asset, after ?? '', limit])).map(toAccountRow);
  }

  private async selectForUpdate(tx: EntityManager, merchants: readonly MerchantId[]): Promise<AccountRow[]> {
    const rest = 'FORCE INDEX (PRIMARY) WHERE merchant_id IN (?) ORDER BY merchant_id, asset FOR UPDATE';
    return (await ACCOUNTS.find(tx, rest, [merchants])).map(toAccountRow);
  }
}

function toAccountRow({ merchantId, asset, version, availableSince, ...balances }: AccountEntity): AccountRow {
  return { merchantId, asset, version, balances };
}
