import type { QueryRunner } from 'typeorm';
import { Tables } from './tables.js';

/** Who may call: storefront keys, staff and their sessions; answers of keyed calls; the audit log. */
export class Access1764000020000 extends Tables {
  readonly tables = {
    api_key: `
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
      KEY ix_api_key_updated_at (updated_at)`,
    audit_log: `
      id VARCHAR(40) NOT NULL,
      at DATETIME(6) NOT NULL,
      actor_kind VARCHAR(16) NOT NULL,
      actor_id VARCHAR(40) NULL,
      action VARCHAR(64) NOT NULL,
      subject VARCHAR(128) NOT NULL,
      detail MEDIUMTEXT NULL,
      old_values MEDIUMTEXT NULL,
      new_values MEDIUMTEXT NULL,
      request_id VARCHAR(64) NULL,
      address VARCHAR(45) NULL,
      PRIMARY KEY (id),
      KEY ix_audit_log_at (at),
      KEY ix_audit_log_actor (actor_id, at),
      KEY ix_audit_log_actor_kind (actor_kind, at),
      KEY ix_audit_log_action (action, at),
      KEY ix_audit_log_subject (subject, at)`,
    audit_log_seal: `
      position BIGINT NOT NULL,
      entry_id VARCHAR(40) NOT NULL,
      seal CHAR(64) NOT NULL,
      PRIMARY KEY (position),
      UNIQUE KEY uq_audit_log_seal_entry (entry_id)`,
    audit_log_head: `
      id TINYINT NOT NULL,
      position BIGINT NOT NULL,
      seal CHAR(64) NOT NULL,
      sealed_until DATETIME(6) NOT NULL,
      sealed_entry_id VARCHAR(40) NOT NULL,
      PRIMARY KEY (id)`,
    idempotency_key: `
      id VARCHAR(64) NOT NULL,
      request_hash VARCHAR(64) NOT NULL,
      lock_token VARCHAR(64) NOT NULL,
      locked_at DATETIME(6) NOT NULL,
      expires_at DATETIME(6) NOT NULL,
      effect_at DATETIME(6) NULL,
      answer MEDIUMTEXT NULL,
      PRIMARY KEY (id),
      KEY ix_idempotency_key_expires_at (expires_at)`,
    merchant_session: `
      id VARCHAR(40) NOT NULL,
      merchant_id VARCHAR(40) NOT NULL,
      token_hash VARCHAR(64) NOT NULL,
      way VARCHAR(12) NOT NULL,
      user_agent VARCHAR(255) NULL,
      address VARCHAR(45) NULL,
      created_at DATETIME(6) NOT NULL,
      confirmed_at DATETIME(6) NULL,
      expires_at DATETIME(6) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY uq_merchant_session_token (token_hash),
      KEY ix_merchant_session_merchant (merchant_id),
      KEY ix_merchant_session_expires_at (expires_at)`,
    one_time_code: `
      id VARCHAR(64) NOT NULL,
      code_hash VARCHAR(64) NOT NULL,
      wrong_tries INT NOT NULL,
      expires_at DATETIME(6) NOT NULL,
      PRIMARY KEY (id),
      KEY ix_one_time_code_expires_at (expires_at)`,
    staff: `
      id VARCHAR(40) NOT NULL,
      email VARCHAR(254) NOT NULL,
      email_key VARCHAR(254) NOT NULL,
      password_hash VARCHAR(200) NOT NULL,
      roles VARCHAR(200) NOT NULL,
      created_at DATETIME(6) NOT NULL,
      deactivated_at DATETIME(6) NULL,
      totp_secret VARCHAR(255) NULL,
      totp_pending VARCHAR(255) NULL,
      totp_step INT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY uq_staff_email (email_key)`,
    staff_recovery_code: `
      hash VARCHAR(64) NOT NULL,
      staff_id VARCHAR(40) NOT NULL,
      PRIMARY KEY (hash),
      KEY ix_staff_recovery_code_staff (staff_id)`,
    staff_session: `
      id VARCHAR(40) NOT NULL,
      staff_id VARCHAR(40) NOT NULL,
      token_hash VARCHAR(64) NOT NULL,
      user_agent VARCHAR(255) NULL,
      address VARCHAR(45) NULL,
      created_at DATETIME(6) NOT NULL,
      expires_at DATETIME(6) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY uq_staff_session_token (token_hash),
      KEY ix_staff_session_staff (staff_id),
      KEY ix_staff_session_expires_at (expires_at)`,
  };

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    await runner.query(`INSERT IGNORE INTO audit_log_head VALUES (1, 0, REPEAT('0', 64), '1970-01-01 00:00:00', '')`);
  }
}
