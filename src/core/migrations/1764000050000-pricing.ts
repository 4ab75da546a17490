import { Tables } from './tables.js';

/** Price rules and their versions. */
export class Pricing1764000050000 extends Tables {
  readonly tables = {
    price_rule: `
      id VARCHAR(40) NOT NULL,
      created_at DATETIME(6) NOT NULL,
      ended_at DATETIME(6) NULL,
      changed_at DATETIME(6) NOT NULL,
      PRIMARY KEY (id),
      KEY ix_price_rule_changed_at (changed_at)`,
    price_rule_version: `
      rule_id VARCHAR(40) NOT NULL,
      version INT NOT NULL,
      name VARCHAR(200) NULL,
      storefront_id VARCHAR(40) NULL,
      merchant_id VARCHAR(40) NULL,
      merchant_group VARCHAR(64) NULL,
      product VARCHAR(128) NULL,
      category VARCHAR(128) NULL,
      kind VARCHAR(16) NOT NULL,
      rate_bps INT NULL,
      amount BIGINT NULL,
      currency VARCHAR(3) NULL,
      floor_amount BIGINT NULL,
      valid_from DATETIME(6) NOT NULL,
      valid_to DATETIME(6) NULL,
      created_at DATETIME(6) NOT NULL,
      PRIMARY KEY (rule_id, version),
      UNIQUE KEY uq_price_rule_version_from (rule_id, valid_from)`,
  };
}
