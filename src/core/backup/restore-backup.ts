import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DataSource } from 'typeorm';
import { createDataSource, writerUrl } from '../data-source.js';
import { BackupTrouble } from './backup-trouble.js';
import { startClient } from './client-program.js';
import { DumpReader } from './dump-reader.js';
import type { Manifest } from './manifest.js';
import { unseal } from './sealed-file.js';

/** Reads a whole file, which proves that it is complete and as it was written, and says what is in it. */
export async function readBackup(file: string, key: string): Promise<Manifest> {
  const reader = new DumpReader();
  await unseal(file, key, (sql) => pipeline(sql, reader, drain));
  const { manifest } = reader;
  if (manifest === null) throw new BackupTrouble(`${file} is not a backup of Yinke: it has no manifest`);
  const wrong = differences(manifest.tables, reader.seen()?.tables ?? {});
  if (wrong !== '') throw new BackupTrouble(`${file} does not hold what its manifest says: ${wrong}`);
  return manifest;
}

/**
 * Puts a backup into a database, after the whole file was read and found good. A database that holds tables is refused,
 * unless `replace` says that they are to go.
 */
export async function restoreBackup(options: {
  url: string;
  key: string;
  file: string;
  replace: boolean;
  signal?: AbortSignal;
}): Promise<Manifest> {
  const { url, key, file, replace, signal } = options;
  const manifest = await readBackup(file, key);
  const dataSource = await createDataSource({ url, poolSize: 1, entities: [] }).initialize();
  try {
    await assertKnown(dataSource, manifest);
    const tables = await tablesIn(dataSource);
    if (tables.length > 0 && !replace)
      throw new BackupTrouble(
        `the database is not empty (${tables.length.toString()} tables); to lose what it holds, say --replace`,
      );
    for (const table of tables) await dataSource.query(`DROP TABLE \`${table}\``);
    await unseal(file, key, (sql) => importInto(url, sql, signal)).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new BackupTrouble(`the database is half restored, start again with --replace: ${reason}`);
    });
    const wrong = differences(manifest.tables, await rowsIn(dataSource));
    if (wrong !== '') throw new BackupTrouble(`the database does not hold what the manifest says: ${wrong}`);
    return manifest;
  } finally {
    await dataSource.destroy();
  }
}

async function importInto(url: string, sql: Readable, signal?: AbortSignal): Promise<void> {
  const options = ['--default-character-set=utf8mb4', '--max-allowed-packet=1G', '--batch'];
  const { child, ended } = startClient({ program: 'mariadb', url: await writerUrl(url), options });
  child.stdout.resume();
  try {
    await pipeline(sql, child.stdin, { signal });
  } catch (error) {
    child.kill();
    await ended.catch((reason: unknown) => {
      if (signal?.aborted !== true && !child.killed) throw reason;
    });
    throw error;
  }
  await ended;
}

/** A backup of a newer release has tables and rules that this one does not know. */
async function assertKnown(dataSource: DataSource, { migrations, version }: Manifest): Promise<void> {
  const known = new Set(dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name));
  const unknown = migrations.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new BackupTrouble(
      `the backup was made by a newer release (${version}; it has ${unknown.join(', ')}): restore it with that release`,
    );
  return Promise.resolve();
}

async function tablesIn(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ name: string }[]>(
    `SELECT table_name name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'
      ORDER BY table_name <> 'schema_migration', table_name`,
  );
  return rows.map((row) => row.name);
}

async function rowsIn(dataSource: DataSource): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const table of await tablesIn(dataSource)) {
    const [found] = await dataSource.query<{ n: string }[]>(`SELECT COUNT(*) n FROM \`${table}\``);
    rows[table] = Number(found?.n);
  }
  return rows;
}

function differences(wanted: Record<string, number>, found: Record<string, number>): string {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(found)])];
  return names
    .filter((name) => wanted[name] !== found[name])
    .map((name) => `${name} has ${String(found[name] ?? 'no')} rows, not ${String(wanted[name] ?? 'any')}`)
    .join(', ');
}

async function drain(source: AsyncIterable<unknown>): Promise<void> {
  const chunks = source[Symbol.asyncIterator]();
  while ((await chunks.next()).done !== true) continue;
}
