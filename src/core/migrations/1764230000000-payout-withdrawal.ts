import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

export class PayoutWithdrawal1764230000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE payout_batch_request (
        id VARCHAR(40) NOT NULL,
        batch_id VARCHAR(40) NOT NULL,
        kind VARCHAR(16) NOT NULL,
        reason VARCHAR(500) NOT NULL,
        execution_date VARCHAR(10) NULL,
        state VARCHAR(20) NOT NULL,
        made_by VARCHAR(40) NOT NULL,
        made_at DATETIME(6) NOT NULL,
        decided_by VARCHAR(40) NULL,
        decided_at DATETIME(6) NULL,
        decision_reason VARCHAR(500) NULL,
        PRIMARY KEY (id),
        KEY ix_payout_batch_request_batch (batch_id, id),
        CONSTRAINT ck_payout_batch_request_checker CHECK (decided_by <> made_by)
      ) ${TABLE}`);
    await runner.query(`
      CREATE TABLE payout_replaced_file (
        batch_id VARCHAR(40) NOT NULL,
        version SMALLINT UNSIGNED NOT NULL,
        execution_date VARCHAR(10) NULL,
        sha256 VARCHAR(64) NOT NULL,
        bytes INT UNSIGNED NOT NULL,
        replaced_at DATETIME(6) NOT NULL,
        PRIMARY KEY (batch_id, version)
      ) ${TABLE}`);
    await runner.query(`
      ALTER TABLE payout_file
        ADD COLUMN version SMALLINT UNSIGNED NOT NULL DEFAULT 1 AFTER batch_id,
        DROP PRIMARY KEY,
        ADD PRIMARY KEY (batch_id, version, part)`);
    await runner.query(`
      ALTER TABLE payout_batch
        ADD COLUMN execution_date VARCHAR(10) NULL,
        ADD COLUMN file_version SMALLINT UNSIGNED NOT NULL DEFAULT 1,
        ADD COLUMN file_asked_at DATETIME(6) NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE payout_batch DROP COLUMN execution_date, DROP COLUMN file_version, DROP COLUMN file_asked_at',
    );
    await runner.query('DELETE f FROM payout_file f JOIN payout_replaced_file r USING (batch_id, version)');
    await runner.query(
      'ALTER TABLE payout_file DROP PRIMARY KEY, ADD PRIMARY KEY (batch_id, part), DROP COLUMN version',
    );
    await runner.query('DROP TABLE payout_replaced_file');
    await runner.query('DROP TABLE payout_batch_request');
  }
}
