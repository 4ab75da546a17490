import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BankReportLines1764130000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A booking that names no payment is known again by its fingerprint, so it is listed and matched once for ever.
    await runner.query(`
      ALTER TABLE bank_report_line
        ADD amount_minor BIGINT NULL,
        ADD bank_reference VARCHAR(35) NULL,
        ADD last_four VARCHAR(4) NULL,
        ADD fingerprint VARCHAR(64) NULL,
        ADD decided_by VARCHAR(40) NULL,
        ADD decided_at DATETIME(6) NULL,
        ADD decision_reason VARCHAR(500) NULL,
        ADD UNIQUE KEY uq_bank_report_line_fingerprint (fingerprint)`);
    // Only bookings of the very amount were applied.
    await runner.query(`
      UPDATE bank_report_line l JOIN payout p ON p.id = l.payout_id SET l.amount_minor = p.sent_amount
      WHERE l.result = 'applied' AND l.says IN ('paid', 'returned')`);
    await runner.query('ALTER TABLE payout ADD KEY ix_payout_account (number_hash, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout DROP KEY ix_payout_account');
    await runner.query(`
      ALTER TABLE bank_report_line
        DROP KEY uq_bank_report_line_fingerprint,
        DROP decision_reason, DROP decided_at, DROP decided_by, DROP fingerprint, DROP last_four, DROP bank_reference,
        DROP amount_minor`);
  }
}
