import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createDataSource, writerUrl } from '../data-source.js';
import { BackupTrouble } from './backup-trouble.js';
import { startClient } from './client-program.js';
import { DumpReader } from './dump-reader.js';
import { manifestLine, type Manifest } from './manifest.js';
import { seal } from './sealed-file.js';

/** What a file is called until it is whole. */
const UNFINISHED = '.unfinished';
/** After which such a file is not being written any more, but was left by a process that was killed. */
const LEFT_AFTER_MS = 3_600_000;

const OPTIONS = [
  // One transaction that sees one moment, and stops nobody; the right to read is enough.
  ...['--single-transaction', '--quick', '--skip-lock-tables', '--no-tablespaces', '--skip-triggers'],
  ...['--default-character-set=utf8mb4', '--hex-blob', '--max-allowed-packet=1G'],
  // It goes into an empty database; what holds something is never emptied by the file itself.
  ...['--skip-add-drop-table', '--skip-add-locks', '--no-autocommit'],
];

/** A backup that was made. */
export interface MadeBackup {
  file: string;
  bytes: number;
  manifest: Manifest;
}

/**
 * Writes everything in the database, as it is at one moment, into a new file of the folder. The file has its name once it is whole and on the disk;
 * what fails or is stopped leaves none.
 */
export async function makeBackup(options: {
  url: string;
  key: string;
  folder: string;
  signal?: AbortSignal;
}): Promise<MadeBackup> {
  const { url, key, folder, signal } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeLeftovers(folder);
  const madeAt = new Date().toISOString();
  const file = join(folder, `yinke-${madeAt.replaceAll(/[:.]/g, '-')}.sql.gz.age`);
  if (existsSync(file)) throw new BackupTrouble(`${file} is there already`);
  const dump = startClient({
    program: 'mariadb-dump',
    url: await writerUrl(url),
    options: OPTIONS,
    rest: await tablesOf(url),
  });
  const reader = new DumpReader();
  const made: { manifest?: Manifest } = {};
  async function* sql(): AsyncGenerator<Buffer> {
    for await (const chunk of dump.child.stdout.pipe(reader)) yield chunk as Buffer;
    await dump.ended;
    const seen = reader.seen();
    if (!seen) throw new BackupTrouble('mariadb-dump ended before the dump was complete');
    made.manifest = { version: programVersion(), madeAt, ...seen };
    yield Buffer.from(manifestLine(made.manifest));
  }
  const unfinished = `${file}${UNFINISHED}`;
  try {
    await pipeline(seal(sql(), key), createWriteStream(unfinished, { mode: 0o600 }), { signal });
    await flush(unfinished);
    await rename(unfinished, file);
    await flush(folder);
  } catch (error) {
    dump.child.kill();
    await rm(unfinished, { force: true });
    // The reason of a dump that ended early is its own word.
    await dump.ended.catch((reason: unknown) => {
      if (signal?.aborted !== true && reason instanceof BackupTrouble && !dump.child.killed) throw reason;
    });
    throw signal?.aborted === true ? new BackupTrouble('the backup was stopped; no file was made') : error;
  }
  if (!made.manifest) throw new Error('a backup without a manifest');
  return { file, bytes: (await stat(file)).size, manifest: made.manifest };
}

/** The migrations last: while a backup is restored, a process that starts waits for them. */
async function tablesOf(url: string): Promise<string[]> {
  const dataSource = await createDataSource({ url, poolSize: 1, entities: [] }).initialize();
  try {
    const rows = await dataSource.query<{ name: string }[]>(
      `SELECT table_name name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'
        ORDER BY table_name = 'schema_migration', table_name`,
    );
    if (rows.at(-1)?.name !== 'schema_migration')
      throw new BackupTrouble('there is nothing to back up: the database has no tables of Yinke');
    return rows.map((row) => row.name);
  } finally {
    await dataSource.destroy();
  }
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(UNFINISHED)) continue;
    const left = join(folder, name);
    if (Date.now() - (await stat(left)).mtimeMs > LEFT_AFTER_MS) await rm(left, { force: true });
  }
}

/** Waits until what was written is on the disk. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

/** The version of this program. */
export function programVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
