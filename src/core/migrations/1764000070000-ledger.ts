import type { QueryRunner } from 'typeorm';
import { Tables } from './tables.js';

/** The books: accounts, journals, entries, their seal and what of them is closed. */
export class Ledger1764000070000 extends Tables {
  // The checks of `account` are invariant 3 once more, where no code can forget it.
  readonly tables = {
    account: `
      merchant_id VARCHAR(40) NOT NULL,
      asset VARCHAR(64) NOT NULL,
      pending BIGINT NOT NULL DEFAULT 0,
      available BIGINT NOT NULL DEFAULT 0,
      reserved BIGINT NOT NULL DEFAULT 0,
      held BIGINT NOT NULL DEFAULT 0,
      owed BIGINT NOT NULL DEFAULT 0,
      version BIGINT NOT NULL DEFAULT 0,
      available_since DATETIME(6) NULL,
      PRIMARY KEY (merchant_id, asset),
      KEY ix_account_asset (asset, merchant_id),
      KEY ix_account_unpaid (asset, available_since, merchant_id),
      CONSTRAINT ck_account_pending CHECK (pending >= 0),
      CONSTRAINT ck_account_available CHECK (available >= 0),
      CONSTRAINT ck_account_reserved CHECK (reserved >= 0),
      CONSTRAINT ck_account_held CHECK (held >= 0),
      CONSTRAINT ck_account_owed CHECK (owed <= 0)`,
    book_closing: `
      ends_at DATETIME(6) NOT NULL,
      starts_at DATETIME(6) NOT NULL,
      journals INT UNSIGNED NOT NULL,
      PRIMARY KEY (ends_at),
      UNIQUE KEY uq_book_closing_starts_at (starts_at)`,
    book_closing_sum: `
      ends_at DATETIME(6) NOT NULL,
      asset VARCHAR(64) NOT NULL,
      account VARCHAR(16) NOT NULL,
      entries INT UNSIGNED NOT NULL,
      debit BIGINT NOT NULL,
      credit BIGINT NOT NULL,
      PRIMARY KEY (ends_at, asset, account)`,
    entry: `
      journal_id VARCHAR(40) NOT NULL,
      line SMALLINT UNSIGNED NOT NULL,
      owner VARCHAR(40) NOT NULL,
      asset VARCHAR(64) NOT NULL,
      account VARCHAR(16) NOT NULL,
      amount BIGINT NOT NULL,
      seq BIGINT NULL,
      balance_after BIGINT NULL,
      reward_id VARCHAR(40) NULL,
      payout_id VARCHAR(40) NULL,
      PRIMARY KEY (journal_id, line),
      UNIQUE KEY uq_entry_seq (owner, asset, seq),
      KEY ix_entry_statement (owner, journal_id, line),
      KEY ix_entry_reward (reward_id),
      KEY ix_entry_payout (payout_id),
      KEY ix_entry_account (owner, asset, account, seq)`,
    journal: `
      id VARCHAR(40) NOT NULL,
      business_key VARCHAR(120) NOT NULL,
      kind VARCHAR(32) NOT NULL,
      description VARCHAR(500) NOT NULL,
      cause_type VARCHAR(32) NOT NULL,
      cause_id VARCHAR(40) NOT NULL,
      occurred_at DATETIME(6) NOT NULL,
      posted_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
      PRIMARY KEY (id),
      UNIQUE KEY uq_journal_business_key (business_key),
      KEY ix_journal_posted_at (posted_at),
      KEY ix_journal_kind (kind, posted_at),
      KEY ix_journal_occurred_at (occurred_at),
      KEY ix_journal_cause (cause_id)`,
    journal_seal: `
      position BIGINT NOT NULL,
      journal_id VARCHAR(40) NOT NULL,
      seal CHAR(64) NOT NULL,
      PRIMARY KEY (position),
      UNIQUE KEY uq_journal_seal_journal (journal_id)`,
    seal_head: `
      id TINYINT NOT NULL,
      position BIGINT NOT NULL,
      seal CHAR(64) NOT NULL,
      sealed_until DATETIME(6) NOT NULL,
      sealed_journal_id VARCHAR(40) NOT NULL,
      PRIMARY KEY (id)`,
  };

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    await runner.query(`INSERT IGNORE INTO seal_head VALUES (1, 0, REPEAT('0', 64), '1970-01-01 00:00:00', '')`);
  }
}
