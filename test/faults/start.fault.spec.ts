import { execFile, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';
import { freePort } from '../../scripts/lib/ports.mjs';
import { startTcpProxy } from '../support/tcp-proxy.js';
import { testEnvironment } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

/** What the processes say when a store that their settings name cannot be used. */

const { DATABASE_URL: databaseUrl = '', REDIS_URL: redisUrl = '' } = process.env;

function changed(url: string, change: Partial<Pick<URL, 'port' | 'password' | 'pathname' | 'host'>>): string {
  return Object.assign(new URL(url), change).href;
}

/** Runs a program of the build until it ends; returns what it wrote to standard error. */
async function failureOf(program: string, urls: { database?: string; redis?: string }): Promise<string> {
  const env = {
    ...process.env,
    ...testEnvironment(databaseUrl, { DATABASE_URL: urls.database ?? databaseUrl, DATABASE_MIGRATION_URL: '' }),
    REDIS_URL: urls.redis ?? redisUrl,
    PORT: '0',
    YINKE_WORKER_PORT: '0',
  };
  const ended = promisify(execFile)(process.execPath, [`dist/${program}.js`], { env, timeout: 60_000 });
  const failure = await ended.then(
    () => ({ code: 0, stderr: '' }),
    (error: unknown) => error as { code: number; stderr: string },
  );
  expect(failure.code).toBeGreaterThan(0);
  return failure.stderr;
}

function inOneLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.startsWith('yinke: '));
  expect(lines).toHaveLength(1);
  expect(stderr).not.toMatch(/\n\s+at /);
  return lines[0] ?? '';
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('waited in vain');
}

it.each(['check-stores', 'migrate', 'audit'])('tells in one line where no database answers (%s)', async (program) => {
  const port = await freePort();
  const url = changed(databaseUrl, { port: String(port), pathname: '/shop' });
  const line = inOneLine(await failureOf(program, { database: url }));
  expect(line).toBe(
    `yinke: The database shop at 127.0.0.1:${port} cannot be used: nothing listens (ECONNREFUSED). Please start it, or correct DATABASE_URL.`,
  );
});

it.each(['main', 'worker'])(
  '%s ends at once when waiting would not help',
  async (program) => {
    const wrong = inOneLine(await failureOf(program, { database: changed(databaseUrl, { password: 'not-it' }) }));
    expect(wrong).toContain('the user or password is refused (ER_ACCESS_DENIED_ERROR)');
    const unknown = inOneLine(
      await failureOf(program, { database: changed(databaseUrl, { pathname: '/no_such_one' }) }),
    );
    expect(unknown).toContain('there is no such database (ER_BAD_DB_ERROR)');
    const urls = { database: await createTestDatabase(), redis: changed(redisUrl, { password: 'not-it' }) };
    expect(inOneLine(await failureOf(program, urls))).toContain('or correct REDIS_URL.');
  },
  120_000,
);

it.each([
  ['main', 'the database'],
  ['main', 'Redis'],
  ['worker', 'the database'],
  ['worker', 'Redis'],
])(
  '%s waits for %s that is started after it, says so, and goes on',
  async (program, store) => {
    const isDatabase = store === 'the database';
    const url = new URL(isDatabase ? await createTestDatabase() : redisUrl);
    const [storePort, port] = [await freePort(), await freePort()];
    const there = changed(url.href, { host: `127.0.0.1:${String(storePort)}` });
    const settings = testEnvironment(isDatabase ? there : await createTestDatabase(), {
      ...(!isDatabase && { REDIS_URL: there }),
      [program === 'main' ? 'PORT' : 'YINKE_WORKER_PORT']: String(port),
    });
    const child = spawn(process.execPath, [`dist/${program}.js`], {
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const exited = once(child, 'exit');
    const answers = () =>
      fetch(`http://127.0.0.1:${String(port)}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      );
    let proxy: Awaited<ReturnType<typeof startTcpProxy>> | undefined;
    try {
      await until(() => Promise.resolve(said.split('yinke: waiting.').length > 2));
      expect(child.exitCode).toBeNull();
      expect(await answers()).toBe(false);
      const what = isDatabase ? `The database ${url.pathname.slice(1)}` : 'Redis (redis://)';
      expect(new Set(said.trimEnd().split('\n'))).toEqual(
        new Set([
          `yinke: waiting. ${what} at 127.0.0.1:${String(storePort)} cannot be used: nothing listens (ECONNREFUSED). Please start it, or correct ${isDatabase ? 'DATABASE_URL' : 'REDIS_URL'}.`,
        ]),
      );
      proxy = await startTcpProxy(url.hostname, Number(url.port), storePort);
      await until(answers);
    } finally {
      child.kill('SIGTERM');
      await exited;
      await proxy?.close();
    }
  },
  60_000,
);

it('an API waits for the tables of a database that is still empty, and goes on when they are made', async () => {
  await createTestDatabase(); // whose user comes here too, and has no rights yet
  const database = 'yinke_start_before_tables';
  const connection = await mysql.createConnection(databaseUrl);
  await connection.query(`DROP DATABASE IF EXISTS ${database}`);
  await connection.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
  await connection.end();
  const port = await freePort();
  const url = changed(databaseUrl, { pathname: `/${database}` });
  const env = { ...process.env, ...testEnvironment(url, { PORT: String(port) }) };
  const child = spawn(process.execPath, ['dist/main.js'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const exited = once(child, 'exit');
  try {
    await until(() => Promise.resolve(said.includes('\n')));
    expect(said).toMatch(
      /^yinke: waiting\. The database .+: the user may not use the database .+ run dist\/migrate\.js/,
    );
    await promisify(execFile)(process.execPath, ['dist/migrate.js'], { env });
    await until(async () => (await fetch(`http://127.0.0.1:${String(port)}/readyz`).catch(() => null))?.ok === true);
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}, 120_000);

it.each([
  ['a wrong password', { password: 'not-it' }, 'the user or password is refused (ER_ACCESS_DENIED_ERROR)'],
  ['an unknown database', { pathname: '/no_such_database' }, '_ERROR)'],
  ['an unknown host', { host: 'no-such-host.invalid:3306' }, 'the host is not known (ENOTFOUND)'],
])('tells in one line of %s of the database, and never the password', async (_case, change, what) => {
  const line = inOneLine(await failureOf('check-stores', { database: changed(databaseUrl, change) }));
  expect(line).toContain(what);
  expect(line).toContain('or correct DATABASE_URL.');
  expect(line).not.toContain('not-it');
});

it.each([
  ['where no Redis answers', async () => ({ port: String(await freePort()) }), 'nothing listens (ECONNREFUSED)'],
  ['of a wrong password of Redis', () => Promise.resolve({ password: 'not-it' }), 'password'],
])('tells in one line %s', async (_case, change, what) => {
  const line = inOneLine(await failureOf('check-stores', { redis: changed(redisUrl, await change()) }));
  expect(line).toMatch(/^yinke: Redis .* at 127\.0\.0\.1:\d+ cannot be used: /);
  expect(line).toContain(what);
  expect(line).toContain('or correct REDIS_URL.');
  expect(line).not.toContain('not-it');
});

it('tells of a service that is not Redis', async () => {
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  const line = inOneLine(await failureOf('check-stores', { redis: `redis://127.0.0.1:${String(port)}` }));
  server.close();
  expect(line).toContain('check that the right service listens there, or correct REDIS_URL.');
});

it('says nothing when both stores answer', async () => {
  const env = { ...process.env, ...testEnvironment(databaseUrl), DATABASE_URL: databaseUrl, REDIS_URL: redisUrl };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['dist/check-stores.js'], { env });
  expect(stdout + stderr).toBe('');
});

it('runs each migration once when several processes come to an empty database at the same time', async () => {
  await createTestDatabase();
  const database = 'yinke_migrated_at_once';
  const connection = await mysql.createConnection(databaseUrl);
  await connection.query(`DROP DATABASE IF EXISTS ${database}`);
  await connection.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
  const env = { ...process.env, ...testEnvironment(changed(databaseUrl, { pathname: `/${database}` })) };
  const said = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const { stdout } = await promisify(execFile)(process.execPath, ['dist/migrate.js'], { env });
      return stdout;
    }),
  );
  const [applied] = await connection.query<mysql.RowDataPacket[]>(
    `SELECT name, COUNT(*) times FROM ${database}.schema_migration GROUP BY name ORDER BY MIN(timestamp)`,
  );
  expect(applied.map((row) => Number(row.times))).toEqual(applied.map(() => 1));
  const ran = said.filter((line) => line !== 'schema is up to date\n');
  expect(ran).toEqual([`ran ${applied.map((row) => String(row.name)).join(', ')}\n`]);
  await connection.query(`DROP DATABASE ${database}`);
  await connection.end();
}, 120_000);

it('a migration that was killed half-way is taken up again by the next one', async () => {
  const database = 'yinke_migration_killed';
  const connection = await mysql.createConnection(databaseUrl);
  await connection.query(`DROP DATABASE IF EXISTS ${database}`);
  await connection.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
  const env = { ...process.env, ...testEnvironment(changed(databaseUrl, { pathname: `/${database}` })) };
  const tables = async () => {
    const [rows] = await connection.query<mysql.RowDataPacket[]>(`SHOW TABLES FROM ${database}`);
    return rows.length;
  };
  for (const goal of [2, 12, 25]) {
    const child = spawn(process.execPath, ['dist/migrate.js'], { env, stdio: 'ignore' });
    const exited = once(child, 'exit');
    while ((await tables()) < goal && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1));
    child.kill('SIGKILL');
    await exited;
  }
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/migrate.js'], { env });
  expect(stdout).toMatch(/^ran /);
  const [heads] = await connection.query<mysql.RowDataPacket[]>(`SELECT COUNT(*) n FROM ${database}.seal_head`);
  expect(Number(heads[0]?.n)).toBe(1);
  await connection.query(`DROP DATABASE ${database}`);
  await connection.end();
}, 120_000);
