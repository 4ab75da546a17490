import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration that makes tables: of each its name, its columns, keys and checks. */
export abstract class Tables implements MigrationInterface {
  abstract readonly tables: Readonly<Record<string, string>>;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of Object.entries(this.tables)) {
      await runner.query(
        `CREATE TABLE ${name} (${columns}) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(this.tables).reverse()) await runner.query(`DROP TABLE ${name}`);
  }
}
