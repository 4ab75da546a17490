import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Text is compared by its code points and to its last character. `utf8mb4_bin` would take `a` and `a ` for the same; what does not has
 * another name on each server.
 */
async function collationOf(runner: QueryRunner): Promise<string> {
  const rows = (await runner.query('SELECT VERSION() version')) as [{ version: string }];
  return rows[0].version.includes('MariaDB') ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
}

/**
 * A migration that makes tables: of each its name, its columns, keys and checks. The database keeps each table at once, so one that was
 * killed half-way finds some there when it runs again.
 */
export abstract class Tables implements MigrationInterface {
  abstract readonly tables: Readonly<Record<string, string>>;

  async up(runner: QueryRunner): Promise<void> {
    const collation = await collationOf(runner);
    for (const [name, columns] of Object.entries(this.tables)) {
      await runner.query(
        `CREATE TABLE IF NOT EXISTS ${name} (${columns}) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${collation}`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(this.tables).reverse()) await runner.query(`DROP TABLE ${name}`);
  }
}
