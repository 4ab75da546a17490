import { ConfigError } from '../config.js';
import type { Manifest } from './manifest.js';

/** The key of backups, for a command that cannot do without. */
export function keyOf(key: Buffer | null): string {
  if (key === null)
    throw new ConfigError(
      'YINKE_BACKUP_KEY is not set: 32 bytes in base64 (openssl rand -base64 32), kept where the backups are not.',
    );
  return key.toString('base64');
}

/** Aborts when the process is asked to end, so that it can clear away what it had begun. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort());
  // Started by an npm script: losing the channel means that it is gone.
  process.on('disconnect', () => controller.abort());
  return controller.signal;
}

/** A manifest, for people. */
export function describe({ version, madeAt, tables, migrations, head, auditLogHead }: Manifest): string {
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
  const counts = ['shop_order', 'journal', 'entry', 'payout', 'audit_log'].map(
    (name) => `${name} ${String(tables[name] ?? 0)}`,
  );
  return [
    `made at ${madeAt} by Yinke ${version}, last migration ${migrations.at(-1) ?? 'none'}`,
    `${rows.toString()} rows in ${Object.keys(tables).length.toString()} tables: ${counts.join(', ')}`,
    `head of the chain of journals: ${head}`,
    `head of the chain of the audit log: ${auditLogHead}`,
    '',
  ].join('\n');
}
