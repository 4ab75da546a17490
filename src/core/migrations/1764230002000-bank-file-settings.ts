import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BankFileSettings1764230002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE platform_account ADD COLUMN bank_file VARCHAR(1000) NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE platform_account DROP COLUMN bank_file');
  }
}
