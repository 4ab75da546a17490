import type { MigrationInterface, QueryRunner } from 'typeorm';

export class JobRun1764240000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE job_run (
        job VARCHAR(40) NOT NULL,
        last_run_at DATETIME(6) NOT NULL,
        PRIMARY KEY (job)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE job_run');
  }
}
