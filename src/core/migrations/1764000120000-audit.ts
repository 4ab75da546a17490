import { Tables } from './tables.js';

/** The last result of the audit. */
export class Audit1764000120000 extends Tables {
  readonly tables = {
    audit_result: `
      id TINYINT NOT NULL,
      at DATETIME(6) NOT NULL,
      kept_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
      clean TINYINT NOT NULL,
      result MEDIUMTEXT NOT NULL,
      PRIMARY KEY (id)`,
  };
}
