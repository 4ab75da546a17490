import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AskAgain1764260000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE storefront ADD COLUMN ask_again_days INT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE storefront DROP COLUMN ask_again_days');
  }
}
