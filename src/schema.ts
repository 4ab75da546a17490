import type { ConfigValues } from './core/config.js';
import { applyGrants, userOf } from './core/grants.js';
import { runMigrations } from './core/run-migrations.js';
import { troubleOf, type StoreSetting } from './core/store-trouble.js';
import { entities } from './entities.js';

type Urls = Pick<ConfigValues, 'databaseUrl' | 'databaseMigrationUrl' | 'databaseAuditUrl'>;

/**
 * Brings the schema up to date, then gives the database's other users what they need of it. Returns the names of the migrations
 * that ran.
 */
export async function bringUpToDate(urls: Urls, waits?: () => void): Promise<string[]> {
  const { databaseUrl: service, databaseMigrationUrl, databaseAuditUrl: audit } = urls;
  const migration = databaseMigrationUrl ?? service;
  const setting = databaseMigrationUrl === null ? 'DATABASE_URL' : 'DATABASE_MIGRATION_URL';
  const ran = await inPlainWords(setting, migration, runMigrations(migration, waits));
  await inPlainWords('DATABASE_URL', service, applyGrants({ entities, migration, url: service, may: 'serve' }));
  if (audit !== null && userOf(audit) !== userOf(service))
    await inPlainWords('DATABASE_AUDIT_URL', audit, applyGrants({ entities, migration, url: audit, may: 'read' }));
  return ran;
}

function inPlainWords<T>(setting: StoreSetting, url: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw troubleOf(error, setting, url) ?? error;
  });
}
