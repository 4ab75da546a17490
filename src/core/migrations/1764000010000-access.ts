import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Access1764000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE storefront (
        id VARCHAR(40) NOT NULL,
        name VARCHAR(200) NOT NULL,
        currency VARCHAR(3) NOT NULL,
        home_url VARCHAR(2000) NOT NULL,
        origins MEDIUMTEXT NOT NULL,
        code_parameter VARCHAR(32) NOT NULL,
        attribution_window_days INT NOT NULL,
        touch VARCHAR(8) NOT NULL,
        created_at DATETIME(6) NOT NULL,
        updated_at DATETIME(6) NOT NULL,
        PRIMARY KEY (id),
        KEY ix_storefront_updated_at (updated_at)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE api_key (
        id VARCHAR(40) NOT NULL,
        storefront_id VARCHAR(40) NOT NULL,
        kind VARCHAR(16) NOT NULL,
        hash VARCHAR(64) NOT NULL,
        created_at DATETIME(6) NOT NULL,
        expires_at DATETIME(6) NULL,
        updated_at DATETIME(6) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY uq_api_key_hash (hash),
        KEY ix_api_key_storefront (storefront_id),
        KEY ix_api_key_updated_at (updated_at)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE staff (
        id VARCHAR(40) NOT NULL,
        email VARCHAR(254) NOT NULL,
        email_key VARCHAR(254) NOT NULL,
        password_hash VARCHAR(200) NOT NULL,
        roles VARCHAR(200) NOT NULL,
        created_at DATETIME(6) NOT NULL,
        deactivated_at DATETIME(6) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY uq_staff_email (email_key)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE staff_session (
        id VARCHAR(40) NOT NULL,
        staff_id VARCHAR(40) NOT NULL,
        token_hash VARCHAR(64) NOT NULL,
        created_at DATETIME(6) NOT NULL,
        expires_at DATETIME(6) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY uq_staff_session_token (token_hash),
        KEY ix_staff_session_staff (staff_id),
        KEY ix_staff_session_expires_at (expires_at)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE audit_log (
        id VARCHAR(40) NOT NULL,
        at DATETIME(6) NOT NULL,
        actor_kind VARCHAR(16) NOT NULL,
        actor_id VARCHAR(40) NULL,
        action VARCHAR(64) NOT NULL,
        subject VARCHAR(128) NOT NULL,
        detail MEDIUMTEXT NULL,
        PRIMARY KEY (id),
        KEY ix_audit_log_subject (subject)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE idempotency_key (
        id VARCHAR(64) NOT NULL,
        request_hash VARCHAR(64) NOT NULL,
        lock_token VARCHAR(64) NOT NULL,
        locked_at DATETIME(6) NOT NULL,
        expires_at DATETIME(6) NOT NULL,
        answer MEDIUMTEXT NULL,
        PRIMARY KEY (id),
        KEY ix_idempotency_key_expires_at (expires_at)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['idempotency_key', 'audit_log', 'staff_session', 'staff', 'api_key', 'storefront'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
