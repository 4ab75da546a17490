import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BankBookings1764210000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A booking is known again by all that its lines say of it, and the lines of one booking point to the first of them.
    await runner.query(`
      ALTER TABLE bank_report_line
        ADD charge_minor BIGINT NULL,
        ADD entry_reference VARCHAR(35) NULL,
        ADD own_account_hash VARCHAR(64) NULL,
        ADD other_account_hashes VARCHAR(129) NULL,
        ADD same_as VARCHAR(50) NULL,
        ADD proposed_payout_id VARCHAR(40) NULL,
        ADD proposed_by VARCHAR(40) NULL,
        ADD proposed_at DATETIME(6) NULL,
        ADD proposal_reason VARCHAR(500) NULL,
        ADD KEY ix_bank_report_line_same (same_as),
        ADD KEY ix_bank_report_line_booking (amount_minor, booked_on)`);
    // What a payment and its return cost beyond the amount that the bank was told to pay.
    await runner.query(`
      ALTER TABLE payout
        ADD paid_cost BIGINT NULL,
        ADD return_cost BIGINT NOT NULL DEFAULT 0,
        ADD return_cost_merchant BIGINT NOT NULL DEFAULT 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout DROP return_cost_merchant, DROP return_cost, DROP paid_cost');
    await runner.query(`
      ALTER TABLE bank_report_line
        DROP KEY ix_bank_report_line_booking,
        DROP KEY ix_bank_report_line_same,
        DROP proposal_reason, DROP proposed_at, DROP proposed_by, DROP proposed_payout_id, DROP same_as,
        DROP other_account_hashes, DROP own_account_hash, DROP entry_reference, DROP charge_minor`);
  }
}
