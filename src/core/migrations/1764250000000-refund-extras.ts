import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What of a refund is shipping and tax, where the storefront says so. */
export class RefundExtras1764250000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE refund ADD COLUMN shipping BIGINT NULL, ADD COLUMN tax BIGINT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE refund DROP COLUMN shipping, DROP COLUMN tax');
  }
}
