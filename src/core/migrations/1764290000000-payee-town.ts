import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A merchant may name the town of the account holder; a payout keeps it as its bank file says it. */
export class PayeeTown1764290000000 implements MigrationInterface {
  name = 'PayeeTown1764290000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bank_account ADD COLUMN town VARCHAR(35) NULL AFTER holder_latin');
    await runner.query('ALTER TABLE payout ADD COLUMN town_sent VARCHAR(35) NULL AFTER holder_sent');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout DROP COLUMN town_sent');
    await runner.query('ALTER TABLE bank_account DROP COLUMN town');
  }
}
