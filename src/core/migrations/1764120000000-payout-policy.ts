import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PayoutPolicy1764120000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE payout_policy (
        currency VARCHAR(3) NOT NULL,
        terms MEDIUMTEXT NOT NULL,
        changed_by VARCHAR(40) NOT NULL,
        changed_at DATETIME(6) NOT NULL,
        PRIMARY KEY (currency)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      ALTER TABLE payout_batch
        ADD COLUMN policy VARCHAR(500) NULL,
        ADD COLUMN first_approved_by VARCHAR(40) NULL,
        ADD COLUMN first_approved_at DATETIME(6) NULL,
        ADD COLUMN first_approval_hash VARCHAR(64) NULL,
        ADD CONSTRAINT ck_payout_batch_first_checker CHECK (first_approved_by <> made_by
          AND first_approved_by <> requested_by AND first_approved_by <> approved_by)`);
    await runner.query(
      'ALTER TABLE payout ADD COLUMN sent_amount BIGINT NULL, ADD COLUMN fee BIGINT NOT NULL DEFAULT 0',
    );
    await runner.query('UPDATE payout SET sent_amount = amount');
    await runner.query(`
      ALTER TABLE payout
        MODIFY COLUMN sent_amount BIGINT NOT NULL,
        ADD CONSTRAINT ck_payout_sent_amount CHECK (sent_amount > 0 AND fee >= 0 AND sent_amount IN (amount, amount - fee))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE payout DROP CONSTRAINT ck_payout_sent_amount, DROP COLUMN sent_amount, DROP COLUMN fee',
    );
    await runner.query(`
      ALTER TABLE payout_batch DROP CONSTRAINT ck_payout_batch_first_checker, DROP COLUMN policy,
        DROP COLUMN first_approved_by, DROP COLUMN first_approved_at, DROP COLUMN first_approval_hash`);
    await runner.query('DROP TABLE payout_policy');
  }
}
