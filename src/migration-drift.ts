import 'reflect-metadata';
import { loadSettings } from './core/config.js';
import { createDataSource } from './core/data-source.js';
import { entities } from './entities.js';

/** Migrates DATABASE_URL, then prints the SQL that would still be needed to match the entities; non-zero if any is. */
const options = { url: loadSettings(['databaseUrl']).databaseUrl, poolSize: 1, entities };

const migrated = await createDataSource(options).initialize();
await migrated.runMigrations();
const [{ version }] = await migrated.query<[{ version: string }]>('SELECT VERSION() version');
await migrated.destroy();

// MariaDB's catalogue says NULL where MySQL's says nothing; only TypeORM's mariadb type reads it right.
const dialect = version.includes('MariaDB') ? 'mariadb' : 'mysql';
const compared = await createDataSource({ ...options, dialect }).initialize();
const { upQueries } = await compared.driver.createSchemaBuilder().log();
for (const { query } of upQueries) process.stdout.write(`${query}\n`);
await compared.destroy();
process.exitCode = upQueries.length === 0 ? 0 : 1;
