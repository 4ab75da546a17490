import 'reflect-metadata';
import { failInOneLine } from './boot.js';
import { loadSettings } from './core/config.js';
import { bringUpToDate } from './schema.js';

/** Brings the schema up to date, gives the database's users their rights, and says what it did. */
async function migrate(): Promise<void> {
  const urls = loadSettings(['databaseUrl', 'databaseMigrationUrl', 'databaseAuditUrl']);
  const ran = await bringUpToDate(urls, () => {
    process.stderr.write('yinke: waiting. Another process is migrating the database.\n');
  });
  process.stdout.write(ran.length === 0 ? 'schema is up to date\n' : `ran ${ran.join(', ')}\n`);
}

await migrate().catch(failInOneLine);
