import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conditions of reward rules, what they count (first orders, volumes, budgets), and the calendar they count by. */
export class RewardRuleTerms1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const table = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';
    await runner.query(
      "ALTER TABLE storefront ADD COLUMN time_zone VARCHAR(64) NOT NULL DEFAULT 'Asia/Shanghai' AFTER touch",
    );
    await runner.query('ALTER TABLE reward_rule_version ADD COLUMN conditions MEDIUMTEXT NULL AFTER min_paid');
    await runner.query('ALTER TABLE shop_order ADD KEY ix_shop_order_completed (completed_at, id)');
    await runner.query(`
      CREATE TABLE shopper_first_order (
        storefront_id VARCHAR(40) NOT NULL,
        shopper_ref VARCHAR(128) NOT NULL,
        order_pk VARCHAR(40) NOT NULL,
        PRIMARY KEY (storefront_id, shopper_ref),
        KEY ix_shopper_first_order_order (order_pk)
      ) ${table}`);
    await runner.query(`
      INSERT INTO shopper_first_order (storefront_id, shopper_ref, order_pk)
      SELECT storefront_id, shopper_ref, MIN(id) FROM shop_order
      WHERE state = 'completed' AND shopper_ref IS NOT NULL GROUP BY storefront_id, shopper_ref`);
    await runner.query(`
      CREATE TABLE reward_volume (
        merchant_id VARCHAR(40) NOT NULL,
        rule_id VARCHAR(40) NOT NULL,
        month VARCHAR(7) NOT NULL,
        currency VARCHAR(3) NOT NULL,
        volume BIGINT NOT NULL,
        PRIMARY KEY (merchant_id, rule_id, month, currency)
      ) ${table}`);
    await runner.query(`
      CREATE TABLE reward_volume_order (
        order_pk VARCHAR(40) NOT NULL,
        rule_id VARCHAR(40) NOT NULL,
        merchant_id VARCHAR(40) NOT NULL,
        month VARCHAR(7) NOT NULL,
        currency VARCHAR(3) NOT NULL,
        basis BIGINT NOT NULL,
        volume_before BIGINT NOT NULL,
        PRIMARY KEY (order_pk, rule_id)
      ) ${table}`);
    // merchant_id and month are '' for a budget of the whole rule: a NULL would not be part of the key.
    await runner.query(`
      CREATE TABLE reward_budget (
        rule_id VARCHAR(40) NOT NULL,
        asset VARCHAR(64) NOT NULL,
        merchant_id VARCHAR(40) NOT NULL,
        month VARCHAR(7) NOT NULL,
        used BIGINT NOT NULL,
        PRIMARY KEY (rule_id, asset, merchant_id, month)
      ) ${table}`);
    await runner.query(`
      CREATE TABLE reward_budget_use (
        reward_id VARCHAR(40) NOT NULL,
        merchant_id VARCHAR(40) NOT NULL,
        month VARCHAR(7) NOT NULL,
        rule_id VARCHAR(40) NOT NULL,
        asset VARCHAR(64) NOT NULL,
        budget BIGINT NOT NULL,
        used_before BIGINT NOT NULL,
        amount BIGINT NOT NULL,
        PRIMARY KEY (reward_id, merchant_id, month),
        CONSTRAINT ck_reward_budget_use CHECK (amount > 0 AND used_before >= 0 AND used_before + amount <= budget)
      ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'reward_budget_use',
      'reward_budget',
      'reward_volume_order',
      'reward_volume',
      'shopper_first_order',
    ])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query('ALTER TABLE shop_order DROP KEY ix_shop_order_completed');
    await runner.query('ALTER TABLE reward_rule_version DROP COLUMN conditions');
    await runner.query('ALTER TABLE storefront DROP COLUMN time_zone');
  }
}
