import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

export class Payouts1764000070000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE platform_account (
        currency VARCHAR(3) NOT NULL,
        holder VARCHAR(70) NOT NULL,
        key_id VARCHAR(16) NOT NULL,
        sealed_number VARCHAR(160) NOT NULL,
        number_hash VARCHAR(64) NOT NULL,
        last_four VARCHAR(4) NOT NULL,
        bic VARCHAR(11) NOT NULL,
        country VARCHAR(2) NOT NULL,
        town VARCHAR(35) NOT NULL,
        changed_at DATETIME(6) NOT NULL,
        PRIMARY KEY (currency)
      ) ${TABLE}`);
    await runner.query(`
      CREATE TABLE payout_batch (
        id VARCHAR(40) NOT NULL,
        currency VARCHAR(3) NOT NULL,
        rail VARCHAR(16) NOT NULL,
        state VARCHAR(20) NOT NULL,
        min_amount BIGINT NOT NULL,
        payout_count INT UNSIGNED NOT NULL,
        control_sum BIGINT NOT NULL,
        skipped_count INT UNSIGNED NOT NULL,
        message_id VARCHAR(33) NOT NULL,
        debtor_hash VARCHAR(64) NOT NULL,
        made_by VARCHAR(40) NOT NULL,
        made_at DATETIME(6) NOT NULL,
        requested_by VARCHAR(40) NULL,
        requested_at DATETIME(6) NULL,
        approved_by VARCHAR(40) NULL,
        approved_at DATETIME(6) NULL,
        approval_hash VARCHAR(64) NULL,
        submitted_by VARCHAR(40) NULL,
        submitted_at DATETIME(6) NULL,
        ended_by VARCHAR(40) NULL,
        ended_at DATETIME(6) NULL,
        end_reason VARCHAR(500) NULL,
        file_sha256 VARCHAR(64) NULL,
        file_bytes INT UNSIGNED NULL,
        PRIMARY KEY (id),
        UNIQUE KEY uq_payout_batch_message (message_id),
        CONSTRAINT ck_payout_batch_checker CHECK (approved_by <> made_by AND approved_by <> requested_by)
      ) ${TABLE}`);
    await runner.query(`
      CREATE TABLE payout (
        id VARCHAR(40) NOT NULL,
        batch_id VARCHAR(40) NOT NULL,
        position INT UNSIGNED NOT NULL,
        merchant_id VARCHAR(40) NOT NULL,
        rail VARCHAR(16) NOT NULL,
        currency VARCHAR(3) NOT NULL,
        amount BIGINT NOT NULL,
        state VARCHAR(20) NOT NULL,
        reference VARCHAR(35) NOT NULL,
        holder VARCHAR(70) NOT NULL,
        holder_sent VARCHAR(70) NOT NULL,
        key_id VARCHAR(16) NOT NULL,
        sealed_number VARCHAR(160) NOT NULL,
        number_hash VARCHAR(64) NOT NULL,
        last_four VARCHAR(4) NOT NULL,
        bank_name VARCHAR(70) NULL,
        bic VARCHAR(11) NULL,
        country VARCHAR(2) NOT NULL,
        link VARCHAR(64) NOT NULL,
        reason_code VARCHAR(35) NULL,
        reason VARCHAR(500) NULL,
        attempts INT UNSIGNED NOT NULL DEFAULT 0,
        next_attempt_at DATETIME(6) NOT NULL,
        state_at DATETIME(6) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY uq_payout_reference (reference),
        UNIQUE KEY uq_payout_position (batch_id, position),
        KEY ix_payout_merchant (merchant_id, id),
        KEY ix_payout_due (state, next_attempt_at),
        CONSTRAINT ck_payout_amount CHECK (amount > 0)
      ) ${TABLE}`);
    await runner.query(`
      CREATE TABLE payout_skip (
        batch_id VARCHAR(40) NOT NULL,
        merchant_id VARCHAR(40) NOT NULL,
        reason VARCHAR(32) NOT NULL,
        detail VARCHAR(200) NULL,
        available BIGINT NOT NULL,
        PRIMARY KEY (batch_id, merchant_id)
      ) ${TABLE}`);
    await runner.query(`
      CREATE TABLE payout_file (
        batch_id VARCHAR(40) NOT NULL,
        part SMALLINT UNSIGNED NOT NULL,
        bytes MEDIUMBLOB NOT NULL,
        PRIMARY KEY (batch_id, part)
      ) ${TABLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['payout_file', 'payout_skip', 'payout', 'payout_batch', 'platform_account'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
