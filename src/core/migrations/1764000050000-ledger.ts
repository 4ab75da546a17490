import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Ledger1764000050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The checks are invariant 3 once more, where no code can forget it.
    await runner.query(`
      CREATE TABLE account (
        merchant_id VARCHAR(40) NOT NULL,
        asset VARCHAR(64) NOT NULL,
        pending BIGINT NOT NULL DEFAULT 0,
        available BIGINT NOT NULL DEFAULT 0,
        reserved BIGINT NOT NULL DEFAULT 0,
        held BIGINT NOT NULL DEFAULT 0,
        owed BIGINT NOT NULL DEFAULT 0,
        version BIGINT NOT NULL DEFAULT 0,
        PRIMARY KEY (merchant_id, asset),
        CONSTRAINT ck_account_pending CHECK (pending >= 0),
        CONSTRAINT ck_account_available CHECK (available >= 0),
        CONSTRAINT ck_account_reserved CHECK (reserved >= 0),
        CONSTRAINT ck_account_held CHECK (held >= 0),
        CONSTRAINT ck_account_owed CHECK (owed <= 0)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE journal (
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
        KEY ix_journal_cause (cause_id)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE entry (
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
        KEY ix_entry_payout (payout_id)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['entry', 'journal', 'account']) await runner.query(`DROP TABLE ${table}`);
  }
}
