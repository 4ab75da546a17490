import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql, { type Connection } from 'mysql2/promise';
import { findBinaries } from '../../scripts/embedded-stores/find-binaries.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';

const PASSWORD = 'for-one-test';

/** A MariaDB server of a test's own. */
export interface OwnServer {
  url: string;
  port: number;
  /** As a user who may do everything. */
  connection: Connection;
  kill: () => Promise<void>;
}

/** Two servers of which the second follows the first. */
export interface ReplicatedPair {
  primary: OwnServer;
  replica: OwnServer;
  close: () => Promise<void>;
}

export async function startReplicatedPair(): Promise<ReplicatedPair> {
  const folder = mkdtempSync(join(tmpdir(), 'replica-'));
  const servers: OwnServer[] = [];
  const close = async () => {
    await Promise.all(servers.map((server) => server.kill()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const id of [1, 2]) servers.push(await startServer(folder, id));
    const [primary, replica] = servers as [OwnServer, OwnServer];
    await replica.connection.query(
      `CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=${primary.port}, MASTER_USER='all', MASTER_PASSWORD='${PASSWORD}', MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1`,
    );
    await replica.connection.query('START SLAVE');
    await primary.connection.query('CREATE DATABASE shop CHARACTER SET utf8mb4');
    return { primary, replica, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startServer(folder: string, id: number): Promise<OwnServer> {
  const { binaries } = findBinaries();
  if (!binaries) throw new Error('MariaDB is not here');
  const home = join(folder, String(id));
  mkdirSync(home);
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  const made = spawnSync(
    binaries.mariadbInstallDb,
    ['--no-defaults', ...asRoot, '--datadir=./data', '--skip-test-db'],
    {
      cwd: home,
      encoding: 'utf8',
    },
  );
  if (made.status !== 0) throw new Error(made.stdout + made.stderr);
  const users = join(home, 'users.sql');
  writeFileSync(
    users,
    `SET SESSION sql_log_bin = 0;\nCREATE USER 'all'@'127.0.0.1' IDENTIFIED BY '${PASSWORD}';\nGRANT ALL ON *.* TO 'all'@'127.0.0.1' WITH GRANT OPTION;\n`,
  );
  const port = await freePort();
  const child = spawn(
    binaries.mariadbd,
    [
      '--no-defaults',
      ...asRoot,
      '--datadir=./data',
      '--socket=s',
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--server-id=${id}`,
      '--log-bin=changes',
      '--binlog-format=ROW',
      '--gtid-strict-mode=ON',
      '--skip-name-resolve',
      '--innodb-buffer-pool-size=64M',
      '--innodb-flush-log-at-trx-commit=0',
      `--init-file=${users}`,
      `--log-error=${join(home, 'log.err')}`,
    ],
    { cwd: home, stdio: 'ignore' },
  );
  await untilReady(join(home, 'log.err'), child).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  const url = `mysql://all:${PASSWORD}@127.0.0.1:${port}/shop`;
  const connection = await mysql.createConnection({ host: '127.0.0.1', port, user: 'all', password: PASSWORD });
  connection.on('error', () => undefined);
  const kill = async () => {
    connection.destroy();
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
  };
  return { url, port, connection, kill };
}

async function untilReady(log: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (child.exitCode !== null) throw new Error(readFileSync(log, 'utf8'));
    try {
      if (readFileSync(log, 'utf8').includes('ready for connections')) return;
    } catch {
      // no word yet
    }
  }
  throw new Error('MariaDB did not start');
}
