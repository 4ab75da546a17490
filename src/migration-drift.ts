import 'reflect-metadata';
import { loadDatabaseUrl } from './config.js';
import { createDataSource } from './database/index.js';
import { entities } from './entities.js';

/** Migrates DATABASE_URL, then prints the SQL that would still be needed to match the entities; non-zero if any is. */
const dataSource = await createDataSource({ url: loadDatabaseUrl(), poolSize: 1, entities }).initialize();
try {
  await dataSource.runMigrations();
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  for (const { query } of upQueries) process.stdout.write(`${query}\n`);
  process.exitCode = upQueries.length === 0 ? 0 : 1;
} finally {
  await dataSource.destroy();
}
