import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A merchant may say how the holder of the bank account is written in Latin letters. */
export class HolderLatin1764220000000 implements MigrationInterface {
  name = 'HolderLatin1764220000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bank_account ADD COLUMN holder_latin VARCHAR(70) NULL AFTER holder');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bank_account DROP COLUMN holder_latin');
  }
}
