import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AuditResult1764150000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_result (
        id TINYINT NOT NULL,
        at DATETIME(6) NOT NULL,
        clean TINYINT NOT NULL,
        result MEDIUMTEXT NOT NULL,
        PRIMARY KEY (id)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_result');
  }
}
