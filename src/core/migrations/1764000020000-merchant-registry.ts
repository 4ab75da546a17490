import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

/** Applications, merchants and their bank accounts. */
export class MerchantRegistry1764000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE merchant_application (
        id VARCHAR(40) NOT NULL,
        state VARCHAR(16) NOT NULL,
        wechat_id VARCHAR(20) NOT NULL,
        live_wechat_key VARCHAR(20) NULL,
        display_name VARCHAR(60) NOT NULL,
        phone VARCHAR(32) NULL,
        email VARCHAR(254) NULL,
        form_version INT NOT NULL,
        decided_by VARCHAR(40) NULL,
        decided_at DATETIME(6) NULL,
        reject_reason VARCHAR(500) NULL,
        created_at DATETIME(6) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY merchant_application_live_wechat (live_wechat_key),
        KEY merchant_application_state (state, id)
      ) ${TABLE}`);
    await runner.query(`
      CREATE TABLE merchant (
        id VARCHAR(40) NOT NULL,
        application_id VARCHAR(40) NOT NULL,
        code VARCHAR(8) NOT NULL,
        wechat_id VARCHAR(20) NOT NULL,
        wechat_key VARCHAR(20) NOT NULL,
        display_name VARCHAR(60) NOT NULL,
        phone VARCHAR(32) NULL,
        email VARCHAR(254) NULL,
        group_name VARCHAR(64) NULL,
        state VARCHAR(16) NOT NULL,
        state_reason VARCHAR(500) NULL,
        created_at DATETIME(6) NOT NULL,
        updated_at DATETIME(6) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY merchant_application (application_id),
        UNIQUE KEY merchant_code (code),
        UNIQUE KEY merchant_wechat (wechat_key),
        KEY merchant_state (state, id),
        KEY merchant_updated (updated_at)
      ) ${TABLE}`);
    await runner.query(`
      CREATE TABLE bank_account (
        id VARCHAR(40) NOT NULL,
        owner_id VARCHAR(40) NOT NULL,
        state VARCHAR(16) NOT NULL,
        current_owner_id VARCHAR(40) NULL,
        pending_owner_id VARCHAR(40) NULL,
        holder VARCHAR(70) NOT NULL,
        key_id VARCHAR(16) NOT NULL,
        sealed_number VARCHAR(160) NOT NULL,
        number_hash VARCHAR(64) NOT NULL,
        last_four VARCHAR(4) NOT NULL,
        bank_name VARCHAR(70) NULL,
        bic VARCHAR(11) NULL,
        country VARCHAR(2) NOT NULL,
        filed_by VARCHAR(40) NOT NULL,
        filed_at DATETIME(6) NOT NULL,
        decided_by VARCHAR(40) NULL,
        decided_at DATETIME(6) NULL,
        reject_reason VARCHAR(500) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY bank_account_current (current_owner_id),
        UNIQUE KEY bank_account_pending (pending_owner_id),
        KEY bank_account_owner (owner_id, id),
        KEY bank_account_number (number_hash)
      ) ${TABLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bank_account');
    await runner.query('DROP TABLE merchant');
    await runner.query('DROP TABLE merchant_application');
  }
}
