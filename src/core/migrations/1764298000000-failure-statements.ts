import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

export class FailureStatements1764298000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE payout_failure_statement (
        id VARCHAR(40) NOT NULL,
        payout_id VARCHAR(40) NOT NULL,
        evidence VARCHAR(2000) NOT NULL,
        reason VARCHAR(400) NOT NULL,
        reason_code VARCHAR(4) NOT NULL,
        state VARCHAR(20) NOT NULL,
        made_by VARCHAR(40) NOT NULL,
        made_at DATETIME(6) NOT NULL,
        decided_by VARCHAR(40) NULL,
        decided_at DATETIME(6) NULL,
        decision_reason VARCHAR(500) NULL,
        PRIMARY KEY (id),
        KEY ix_payout_failure_statement_payout (payout_id, id),
        KEY ix_payout_failure_statement_state (state, payout_id),
        CONSTRAINT ck_payout_failure_statement_checker CHECK (decided_by <> made_by)
      ) ${TABLE}`);
    await runner.query(`
      CREATE TABLE payout_contradiction (
        id VARCHAR(40) NOT NULL,
        payout_id VARCHAR(40) NOT NULL,
        payout_state VARCHAR(20) NOT NULL,
        says VARCHAR(16) NOT NULL,
        source VARCHAR(16) NOT NULL,
        reason_code VARCHAR(35) NULL,
        reason VARCHAR(500) NULL,
        said_at DATETIME(6) NOT NULL,
        settled_by VARCHAR(40) NULL,
        settled_at DATETIME(6) NULL,
        settled_reason VARCHAR(500) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY uq_payout_contradiction_word (payout_id, says),
        KEY ix_payout_contradiction_settled (settled_at, id)
      ) ${TABLE}`);
    await runner.query('ALTER TABLE payout ADD COLUMN claimed_until DATETIME(6) NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout DROP COLUMN claimed_until');
    await runner.query('DROP TABLE payout_contradiction');
    await runner.query('DROP TABLE payout_failure_statement');
  }
}
