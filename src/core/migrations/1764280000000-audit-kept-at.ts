import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a result was written, so that whoever waited for an audit knows that it is theirs. */
export class AuditKeptAt1764280000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE audit_result ADD COLUMN kept_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) AFTER at',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_result DROP COLUMN kept_at');
  }
}
