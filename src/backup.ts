import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { failInOneLine } from './boot.js';
import { makeBackup } from './core/backup/make-backup.js';
import { describe, keyOf, stopSignal } from './core/backup/command.js';
import { loadSettings } from './core/config.js';
import { troubleOf } from './core/store-trouble.js';

/** `npm run backup [-- --folder FOLDER]`: everything in the database, as it is at one moment, in one encrypted file. */
async function backup(): Promise<void> {
  const { values } = parseArgs({ options: { folder: { type: 'string' } } });
  const settings = loadSettings(['databaseUrl', 'databaseAuditUrl', 'backupKey', 'backupFolder']);
  const url = settings.databaseAuditUrl ?? settings.databaseUrl;
  const start = performance.now();
  const made = await makeBackup({
    url,
    key: keyOf(settings.backupKey),
    folder: values.folder ?? settings.backupFolder,
    signal: stopSignal(),
  }).catch((error: unknown) => {
    throw troubleOf(error, settings.databaseAuditUrl === null ? 'DATABASE_URL' : 'DATABASE_AUDIT_URL', url) ?? error;
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${made.file}  ${made.bytes.toString()} bytes, ${seconds} s\n${describe(made.manifest)}`);
}

await backup().catch(failInOneLine);
