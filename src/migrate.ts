import 'reflect-metadata';
import { failInOneLine } from './boot.js';
import { loadSettings } from './core/config.js';
import { createDataSource } from './core/data-source.js';
import { entities } from './entities.js';
import { troubleOf } from './core/store-trouble.js';

/** Brings the schema of DATABASE_URL up to date, and says what it did. */
async function migrate(): Promise<void> {
  const { databaseUrl: url } = loadSettings(['databaseUrl']);
  const dataSource = await createDataSource({ url, poolSize: 1, entities })
    .initialize()
    .catch((error: unknown) => {
      throw troubleOf(error, 'DATABASE_URL', url) ?? error;
    });
  try {
    const ran = await dataSource.runMigrations();
    process.stdout.write(ran.length === 0 ? 'schema is up to date\n' : `ran ${ran.map((m) => m.name).join(', ')}\n`);
  } finally {
    await dataSource.destroy();
  }
}

await migrate().catch(failInOneLine);
