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
      PRIMARY KEY (id),
      KEY ix_audit_log_subject (subject)`,
    idempotency_key: `
      id VARCHAR(64) NOT NULL,
      request_hash VARCHAR(64) NOT NULL,
      lock_token VARCHAR(64) NOT NULL,
      locked_at DATETIME(6) NOT NULL,
      expires_at DATETIME(6) NOT NULL,
      answer MEDIUMTEXT NULL,
      PRIMARY KEY (id),
      KEY ix_idempotency_key_expires_at (expires_at)`,
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
    staff_session: `
      id VARCHAR(40) NOT NULL,
      staff_id VARCHAR(40) NOT NULL,
      token_hash VARCHAR(64) NOT NULL,
      created_at DATETIME(6) NOT NULL,
      expires_at DATETIME(6) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY uq_staff_session_token (token_hash),
      KEY ix_staff_session_staff (staff_id),
      KEY ix_staff_session_expires_at (expires_at)`,
  };
}
