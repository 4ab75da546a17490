import type { QueryRunner } from 'typeorm';
import { Tables } from './tables.js';

/** Reward rules, rewards, what conditions, tiers and budgets count, and the shards in which all of it is posted. */
export class Rewards1764000100000 extends Tables {
  // The checks of `reward` are invariant 5 once more, where no code can forget it.
  // `merchant_id` and `month` of a budget are '' for one of the whole rule: a NULL would not be part of the key.
  readonly tables = {
    posting_shard: `
      id TINYINT UNSIGNED NOT NULL,
      PRIMARY KEY (id)`,
    reward: `
      id VARCHAR(40) NOT NULL,
      merchant_id VARCHAR(40) NOT NULL,
      order_pk VARCHAR(40) NOT NULL,
      storefront_id VARCHAR(40) NOT NULL,
      asset VARCHAR(64) NOT NULL,
      rule_id VARCHAR(40) NOT NULL,
      rule_version INT NOT NULL,
      posting VARCHAR(16) NOT NULL,
      granted BIGINT NOT NULL,
      pending BIGINT NOT NULL,
      held BIGINT NOT NULL,
      matured BIGINT NOT NULL,
      voided BIGINT NOT NULL,
      clawed_back BIGINT NOT NULL,
      state VARCHAR(16) NOT NULL,
      mature_at DATETIME(6) NULL,
      explanation MEDIUMTEXT NOT NULL,
      created_at DATETIME(6) NOT NULL,
      version INT NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY uq_reward_grant (order_pk, asset, rule_id, rule_version),
      KEY ix_reward_due (state, mature_at, id),
      KEY ix_reward_created (created_at, id),
      KEY ix_reward_merchant (merchant_id, created_at, id),
      KEY ix_reward_state (state, created_at, id),
      KEY ix_reward_merchant_state (merchant_id, state, created_at, id),
      CONSTRAINT ck_reward_parts CHECK (granted = pending + held + matured + voided),
      CONSTRAINT ck_reward_clawback CHECK (clawed_back <= matured),
      CONSTRAINT ck_reward_sign CHECK (pending >= 0 AND held >= 0 AND matured >= 0 AND voided >= 0 AND clawed_back >= 0)`,
    reward_budget: `
      rule_id VARCHAR(40) NOT NULL,
      asset VARCHAR(64) NOT NULL,
      merchant_id VARCHAR(40) NOT NULL,
      month VARCHAR(7) NOT NULL,
      used BIGINT NOT NULL,
      PRIMARY KEY (rule_id, asset, merchant_id, month)`,
    reward_budget_use: `
      reward_id VARCHAR(40) NOT NULL,
      merchant_id VARCHAR(40) NOT NULL,
      month VARCHAR(7) NOT NULL,
      rule_id VARCHAR(40) NOT NULL,
      asset VARCHAR(64) NOT NULL,
      budget BIGINT NOT NULL,
      used_before BIGINT NOT NULL,
      amount BIGINT NOT NULL,
      PRIMARY KEY (reward_id, merchant_id, month),
      CONSTRAINT ck_reward_budget_use CHECK (amount > 0 AND used_before >= 0 AND used_before + amount <= budget)`,
    reward_rule: `
      id VARCHAR(40) NOT NULL,
      created_at DATETIME(6) NOT NULL,
      ended_at DATETIME(6) NULL,
      changed_at DATETIME(6) NOT NULL,
      PRIMARY KEY (id),
      KEY ix_reward_rule_changed_at (changed_at)`,
    reward_rule_version: `
      rule_id VARCHAR(40) NOT NULL,
      version INT NOT NULL,
      name VARCHAR(200) NULL,
      storefront_id VARCHAR(40) NULL,
      scope MEDIUMTEXT NOT NULL,
      posting VARCHAR(16) NOT NULL,
      hold_days INT NULL,
      conditions MEDIUMTEXT NOT NULL,
      grant_terms MEDIUMTEXT NOT NULL,
      valid_from DATETIME(6) NOT NULL,
      valid_to DATETIME(6) NULL,
      created_at DATETIME(6) NOT NULL,
      PRIMARY KEY (rule_id, version),
      UNIQUE KEY uq_reward_rule_version_from (rule_id, valid_from)`,
    reward_volume: `
      merchant_id VARCHAR(40) NOT NULL,
      rule_id VARCHAR(40) NOT NULL,
      month VARCHAR(7) NOT NULL,
      currency VARCHAR(3) NOT NULL,
      volume BIGINT NOT NULL,
      PRIMARY KEY (merchant_id, rule_id, month, currency)`,
    reward_volume_order: `
      order_pk VARCHAR(40) NOT NULL,
      rule_id VARCHAR(40) NOT NULL,
      merchant_id VARCHAR(40) NOT NULL,
      month VARCHAR(7) NOT NULL,
      currency VARCHAR(3) NOT NULL,
      basis BIGINT NOT NULL,
      volume_before BIGINT NOT NULL,
      counted_lines MEDIUMTEXT NOT NULL,
      PRIMARY KEY (order_pk, rule_id)`,
    reward_volume_refund: `
      event_id VARCHAR(40) NOT NULL,
      rule_id VARCHAR(40) NOT NULL,
      order_pk VARCHAR(40) NOT NULL,
      merchant_id VARCHAR(40) NOT NULL,
      month VARCHAR(7) NOT NULL,
      currency VARCHAR(3) NOT NULL,
      amount BIGINT NOT NULL,
      volume_before BIGINT NOT NULL,
      PRIMARY KEY (event_id, rule_id),
      KEY ix_reward_volume_refund_order (order_pk, rule_id)`,
    shopper_first_order: `
      storefront_id VARCHAR(40) NOT NULL,
      shopper_ref VARCHAR(128) NOT NULL,
      order_pk VARCHAR(40) NOT NULL,
      PRIMARY KEY (storefront_id, shopper_ref),
      KEY ix_shopper_first_order_order (order_pk)`,
  };

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    await runner.query('INSERT IGNORE INTO posting_shard (id) VALUES (0), (1), (2), (3), (4), (5), (6), (7)');
  }
}
