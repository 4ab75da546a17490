import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PayoutDelivery1764240001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout ADD COLUMN first_sent_at DATETIME(6) NULL');
    await runner.query(`
      UPDATE payout p JOIN payout_batch b ON b.id = p.batch_id
      SET p.first_sent_at = b.submitted_at WHERE p.attempts > 0`);
    await runner.query(`
      ALTER TABLE payout_batch
        ADD COLUMN pause_cause VARCHAR(16) NULL,
        ADD COLUMN pause_reason VARCHAR(500) NULL,
        ADD COLUMN paused_at DATETIME(6) NULL,
        ADD COLUMN pause_until DATETIME(6) NULL,
        ADD KEY ix_payout_batch_pause (pause_until)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE payout_batch DROP KEY ix_payout_batch_pause, DROP COLUMN pause_cause, DROP COLUMN pause_reason, DROP COLUMN paused_at, DROP COLUMN pause_until',
    );
    await runner.query('ALTER TABLE payout DROP COLUMN first_sent_at');
  }
}
