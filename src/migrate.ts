import 'reflect-metadata';
import { loadSettings } from './config.js';
import { createDataSource } from './database/index.js';
import { entities } from './entities.js';

/** Brings the schema of DATABASE_URL up to date, and says what it did. */
const dataSource = await createDataSource({
  url: loadSettings(['databaseUrl']).databaseUrl,
  poolSize: 1,
  entities,
}).initialize();
try {
  const ran = await dataSource.runMigrations();
  process.stdout.write(ran.length === 0 ? 'schema is up to date\n' : `ran ${ran.map((m) => m.name).join(', ')}\n`);
} finally {
  await dataSource.destroy();
}
