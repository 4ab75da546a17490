import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

export class BankReports1764000071000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What a report says is kept line by line; the file itself holds account numbers in clear and is not.
    await runner.query(`
      CREATE TABLE bank_report (
        id VARCHAR(40) NOT NULL,
        kind VARCHAR(20) NOT NULL,
        message_id VARCHAR(35) NOT NULL,
        sha256 VARCHAR(64) NOT NULL,
        line_count INT UNSIGNED NOT NULL,
        received_by VARCHAR(40) NOT NULL,
        received_at DATETIME(6) NOT NULL,
        PRIMARY KEY (id),
        KEY ix_bank_report_sha256 (sha256)
      ) ${TABLE}`);
    await runner.query(`
      CREATE TABLE bank_report_line (
        report_id VARCHAR(40) NOT NULL,
        line INT UNSIGNED NOT NULL,
        reference VARCHAR(35) NULL,
        says VARCHAR(16) NULL,
        status VARCHAR(35) NOT NULL,
        reason_code VARCHAR(35) NULL,
        reason VARCHAR(500) NULL,
        amount VARCHAR(30) NULL,
        currency VARCHAR(3) NULL,
        booked_on VARCHAR(10) NULL,
        payout_id VARCHAR(40) NULL,
        result VARCHAR(16) NOT NULL,
        detail VARCHAR(200) NULL,
        PRIMARY KEY (report_id, line),
        KEY ix_bank_report_line_payout (payout_id),
        KEY ix_bank_report_line_result (result, report_id)
      ) ${TABLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['bank_report_line', 'bank_report']) await runner.query(`DROP TABLE ${table}`);
  }
}
