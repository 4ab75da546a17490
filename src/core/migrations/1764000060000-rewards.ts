import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Rewards1764000060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reward_rule (
        id VARCHAR(40) NOT NULL,
        created_at DATETIME(6) NOT NULL,
        ended_at DATETIME(6) NULL,
        changed_at DATETIME(6) NOT NULL,
        PRIMARY KEY (id),
        KEY ix_reward_rule_changed_at (changed_at)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE reward_rule_version (
        rule_id VARCHAR(40) NOT NULL,
        version INT NOT NULL,
        name VARCHAR(200) NULL,
        storefront_id VARCHAR(40) NULL,
        scope MEDIUMTEXT NOT NULL,
        posting VARCHAR(16) NOT NULL,
        hold_days INT NULL,
        min_paid BIGINT NULL,
        grant_terms MEDIUMTEXT NOT NULL,
        valid_from DATETIME(6) NOT NULL,
        valid_to DATETIME(6) NULL,
        created_at DATETIME(6) NOT NULL,
        PRIMARY KEY (rule_id, version),
        UNIQUE KEY uq_reward_rule_version_from (rule_id, valid_from)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    // The checks are invariant 5 once more, where no code can forget it.
    await runner.query(`
      CREATE TABLE reward (
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
        KEY ix_reward_merchant (merchant_id, id),
        CONSTRAINT ck_reward_parts CHECK (granted = pending + held + matured + voided),
        CONSTRAINT ck_reward_clawback CHECK (clawed_back <= matured),
        CONSTRAINT ck_reward_sign CHECK (pending >= 0 AND held >= 0 AND matured >= 0 AND voided >= 0 AND clawed_back >= 0)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE adjustment (
        id VARCHAR(40) NOT NULL,
        merchant_id VARCHAR(40) NOT NULL,
        asset VARCHAR(64) NOT NULL,
        amount BIGINT NOT NULL,
        reason VARCHAR(500) NOT NULL,
        state VARCHAR(20) NOT NULL,
        made_by VARCHAR(40) NOT NULL,
        made_at DATETIME(6) NOT NULL,
        decided_by VARCHAR(40) NULL,
        decided_at DATETIME(6) NULL,
        journal_id VARCHAR(40) NULL,
        PRIMARY KEY (id),
        KEY ix_adjustment_merchant (merchant_id, id)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE redemption (
        storefront_id VARCHAR(40) NOT NULL,
        redemption_id VARCHAR(64) NOT NULL,
        merchant_id VARCHAR(40) NOT NULL,
        asset VARCHAR(64) NOT NULL,
        amount BIGINT NOT NULL,
        order_id VARCHAR(64) NULL,
        journal_id VARCHAR(40) NOT NULL,
        redeemed_at DATETIME(6) NOT NULL,
        PRIMARY KEY (storefront_id, redemption_id)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['redemption', 'adjustment', 'reward', 'reward_rule_version', 'reward_rule'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
