import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

export class PayoutSchedule1764122000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE payout_schedule (
        id VARCHAR(40) NOT NULL,
        currency VARCHAR(3) NOT NULL,
        rail VARCHAR(16) NOT NULL,
        file_format VARCHAR(20) NULL,
        min_amount BIGINT NULL,
        calendar MEDIUMTEXT NOT NULL,
        state VARCHAR(8) NOT NULL,
        next_due_at DATETIME(6) NULL,
        problem VARCHAR(500) NULL,
        changed_by VARCHAR(40) NOT NULL,
        changed_at DATETIME(6) NOT NULL,
        PRIMARY KEY (id),
        KEY ix_payout_schedule_due (state, next_due_at)
      ) ${TABLE}`);
    await runner.query(`
      CREATE TABLE payout_schedule_run (
        schedule_id VARCHAR(40) NOT NULL,
        due_on VARCHAR(10) NOT NULL,
        due_at DATETIME(6) NOT NULL,
        drafted_at DATETIME(6) NOT NULL,
        missed INT UNSIGNED NOT NULL,
        batch_id VARCHAR(40) NULL,
        PRIMARY KEY (schedule_id, due_on),
        UNIQUE KEY uq_payout_schedule_run_batch (batch_id)
      ) ${TABLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE payout_schedule_run');
    await runner.query('DROP TABLE payout_schedule');
  }
}
