import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Holds1764140000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hold (
        id VARCHAR(40) NOT NULL,
        merchant_id VARCHAR(40) NOT NULL,
        asset VARCHAR(64) NOT NULL,
        amount BIGINT NOT NULL,
        remaining BIGINT NOT NULL,
        refunded BIGINT NOT NULL,
        settled BIGINT NOT NULL,
        source VARCHAR(16) NOT NULL,
        cause VARCHAR(20) NOT NULL,
        reward_id VARCHAR(40) NULL,
        payout_id VARCHAR(40) NULL,
        reason VARCHAR(500) NOT NULL,
        held_by VARCHAR(40) NULL,
        held_at DATETIME(6) NOT NULL,
        state VARCHAR(16) NOT NULL,
        decided_by VARCHAR(40) NULL,
        decided_at DATETIME(6) NULL,
        decision_reason VARCHAR(500) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY uq_hold_payout (payout_id),
        KEY ix_hold_reward (reward_id),
        KEY ix_hold_merchant (merchant_id, state, id),
        KEY ix_hold_state (state, id),
        CONSTRAINT ck_hold_parts CHECK (amount = remaining + refunded + settled),
        CONSTRAINT ck_hold_sign CHECK (amount > 0 AND remaining >= 0 AND refunded >= 0 AND settled >= 0),
        CONSTRAINT ck_hold_people CHECK (decided_by IS NULL OR held_by IS NULL OR decided_by <> held_by)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    // What is held already gets its hold. Ids of rewards and payouts are unique, so these are.
    const columns =
      'id, merchant_id, asset, amount, remaining, refunded, settled, source, cause, reward_id, payout_id, reason, held_at, state';
    await runner.query(`
      INSERT INTO hold (${columns})
      SELECT CONCAT('hld_', SUBSTRING(id, 5)), merchant_id, asset, held, held, 0, 0, 'reward-cost', 'suspended-merchant',
        id, NULL, 'The merchant was suspended when the purchase was completed.', created_at, 'open'
      FROM reward WHERE held > 0`);
    await runner.query(`
      INSERT INTO hold (${columns})
      SELECT CONCAT('hld_', SUBSTRING(e.payout_id, 5)), e.owner, e.asset, e.amount, e.amount, 0, 0,
        IF(j.kind = 'payout-failed', 'in-transit', 'bank'), IF(j.kind = 'payout-failed', 'bad-account', 'returned-payout'),
        NULL, e.payout_id, j.description, j.posted_at, 'open'
      FROM journal j JOIN entry e ON e.journal_id = j.id AND e.account = 'held' AND e.payout_id IS NOT NULL
      WHERE j.kind IN ('payout-failed', 'payout-returned')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE hold');
  }
}
