import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RedemptionReversals1764110001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE redemption ADD id VARCHAR(40) NOT NULL DEFAULT '' FIRST,
        ADD reversed BIGINT NOT NULL DEFAULT 0,
        ADD CONSTRAINT ck_redemption_reversed CHECK (reversed >= 0 AND reversed <= amount)`);
    await runner.query("UPDATE redemption SET id = CONCAT('rdm_', SUBSTRING(journal_id, 5))");
    await runner.query(
      'ALTER TABLE redemption ALTER id DROP DEFAULT, ADD UNIQUE KEY uq_redemption_id (id), ADD KEY ix_redemption_journal (journal_id)',
    );
    await runner.query(`
      CREATE TABLE redemption_reversal (
        redemption_pk VARCHAR(40) NOT NULL,
        reversal_id VARCHAR(64) NOT NULL,
        amount BIGINT NOT NULL,
        reason VARCHAR(500) NOT NULL,
        journal_id VARCHAR(40) NOT NULL,
        reversed_at DATETIME(6) NOT NULL,
        PRIMARY KEY (redemption_pk, reversal_id),
        KEY ix_redemption_reversal_journal (journal_id),
        CONSTRAINT ck_redemption_reversal_amount CHECK (amount > 0)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE redemption_reversal');
    await runner.query(
      'ALTER TABLE redemption DROP CONSTRAINT ck_redemption_reversed, DROP KEY uq_redemption_id, DROP KEY ix_redemption_journal, DROP COLUMN reversed, DROP COLUMN id',
    );
  }
}
