import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PayoutRetry1764121000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE payout ADD COLUMN retry_of VARCHAR(40) NULL, ADD UNIQUE KEY uq_payout_retry_of (retry_of)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout DROP KEY uq_payout_retry_of, DROP COLUMN retry_of');
  }
}
