import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { failInOneLine } from './boot.js';
import { BackupTrouble } from './core/backup/backup-trouble.js';
import { describe, keyOf, stopSignal } from './core/backup/command.js';
import { readBackup, restoreBackup } from './core/backup/restore-backup.js';
import { loadSettings } from './core/config.js';
import { bringUpToDate } from './schema.js';
import { troubleOf } from './core/store-trouble.js';

/**
 * `npm run restore -- FILE [--replace | --look]`: puts a backup into an empty database and brings its schema up to date. `--replace` loses what
 * the database holds; `--look` only reads the file, and says whether it is good and what is in it.
 */
async function restore(): Promise<void> {
  const { file, replace, look } = readArguments();
  const settings = loadSettings(['databaseUrl', 'databaseMigrationUrl', 'databaseAuditUrl', 'backupKey']);
  const key = keyOf(settings.backupKey);
  if (look) {
    process.stdout.write(`${file} is good.\n${describe(await readBackup(file, key))}`);
    return;
  }
  const url = settings.databaseMigrationUrl ?? settings.databaseUrl;
  const start = performance.now();
  const manifest = await restoreBackup({ url, key, file, replace, signal: stopSignal() }).catch((error: unknown) => {
    throw (
      troubleOf(error, settings.databaseMigrationUrl === null ? 'DATABASE_URL' : 'DATABASE_MIGRATION_URL', url) ?? error
    );
  });
  const ran = await bringUpToDate(settings);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const migrated = ran.length === 0 ? '' : `ran ${ran.join(', ')}\n`;
  process.stdout.write(`restored ${file} in ${seconds} s\n${describe(manifest)}${migrated}`);
}

function readArguments(): { file: string; replace: boolean; look: boolean } {
  const usage = 'usage: npm run restore -- FILE [--replace | --look]';
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { replace: { type: 'boolean', default: false }, look: { type: 'boolean', default: false } },
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new Error('name one file');
    return { file, ...values };
  } catch (error) {
    throw new BackupTrouble(`${(error as Error).message}; ${usage}`);
  }
}

await restore().catch(failInOneLine);
