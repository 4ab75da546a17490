import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CancelAskedAt1764299000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout ADD COLUMN cancel_asked_at DATETIME(6) NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout DROP COLUMN cancel_asked_at');
  }
}
