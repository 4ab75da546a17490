import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PayoutFileFormat1764000090000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout_batch ADD COLUMN file_format VARCHAR(20) NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout_batch DROP COLUMN file_format');
  }
}
