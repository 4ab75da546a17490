import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SecondFactor1764160000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE staff
        ADD COLUMN totp_secret VARCHAR(255) NULL,
        ADD COLUMN totp_pending VARCHAR(255) NULL,
        ADD COLUMN totp_step INT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE staff DROP COLUMN totp_secret, DROP COLUMN totp_pending, DROP COLUMN totp_step');
  }
}
