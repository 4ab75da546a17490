import type { MigrationInterface, QueryRunner } from 'typeorm';

export class JournalSeal1764000080000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE journal_seal (
        position BIGINT NOT NULL,
        journal_id VARCHAR(40) NOT NULL,
        seal CHAR(64) NOT NULL,
        PRIMARY KEY (position),
        UNIQUE KEY uq_journal_seal_journal (journal_id)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE seal_head (
        id TINYINT NOT NULL,
        position BIGINT NOT NULL,
        seal CHAR(64) NOT NULL,
        sealed_until DATETIME(6) NOT NULL,
        sealed_journal_id VARCHAR(40) NOT NULL,
        PRIMARY KEY (id)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`INSERT INTO seal_head VALUES (1, 0, REPEAT('0', 64), '1970-01-01 00:00:00', '')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['seal_head', 'journal_seal']) await runner.query(`DROP TABLE ${table}`);
  }
}
