import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertRule } from '../support/order-events.js';
import { addMerchant, openShop, type Shop } from '../support/shop.js';
import { testEnvironment } from '../support/test-config.js';
import { settled, startTestWorker } from '../support/worker.js';

/** Backups by the built programs: made while orders are placed, restored into another database, and audited there. */

const RESTORED = 'yinke_test_restored';

let shop: Shop;
let folder: string;
let file: string;

beforeAll(async () => {
  shop = await openShop();
  folder = await mkdtemp(join(tmpdir(), 'yinke-backup-'));
});
afterAll(async () => {
  await shop.db.query(`DROP DATABASE IF EXISTS ${RESTORED}`);
  await rm(folder, { recursive: true });
  await shop.testApp.close();
});

/** Where a backup is restored to. */
const restoredUrl = () => Object.assign(new URL(shop.testApp.databaseUrl), { pathname: `/${RESTORED}` }).href;

async function emptyDatabase(): Promise<void> {
  await shop.db.query(`DROP DATABASE IF EXISTS ${RESTORED}`);
  await shop.db.query(`CREATE DATABASE ${RESTORED} CHARACTER SET utf8mb4`);
}

function start(program: 'backup' | 'restore' | 'audit', args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  return spawn(process.execPath, [`dist/${program}.js`, ...args], {
    env: { ...process.env, ...env },
    stdio: [...stdio],
  });
}

async function run(...started: Parameters<typeof start>): Promise<{ code: number | null; output: string }> {
  const child = start(...started);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

const backup = (to = folder) => run('backup', ['--folder', to], testEnvironment(shop.testApp.databaseUrl));
const restore = (args: readonly string[], overrides: NodeJS.ProcessEnv = {}) =>
  run('restore', args, testEnvironment(restoredUrl(), overrides));

/** Callers that place and complete orders until they are told to end; what was acknowledged is kept. */
function load(visit: string) {
  const acknowledged: string[] = [];
  let going = true;
  const callers = [1, 2, 3, 4].map(async (caller) => {
    for (let n = 0; going; n += 1) {
      const orderId = `load-${caller.toString()}-${n.toString()}`;
      const lines = [{ sku: 'tea', quantity: 1, unitPrice: 1_000, lineTotal: 1_000 }];
      const placed = await shop.sk.post('/v1/orders', { orderId, currency: 'CNY', visit, lines });
      const completed = await shop.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 1_000 });
      expect([placed.status, completed.status]).toEqual([201, 202]);
      acknowledged.push(orderId);
    }
  });
  return {
    acknowledged,
    reached: async (count: number) => {
      while (acknowledged.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    end: async () => {
      going = false;
      await Promise.all(callers);
    },
  };
}

it('a backup made while orders are placed holds every order acknowledged before, and its restored copy passes the audit', async () => {
  const ann = await addMerchant(shop, 'ann_tea');
  const { visit } = (await shop.pk.post('/v1/visits', { merchantCode: ann.code })).body;
  await insertRule(shop.db, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: ann.id });
  const worker = await startTestWorker(shop.testApp, { YINKE_SEAL_AFTER_SECONDS: '1' });
  const calls = load(visit);
  await calls.reached(100);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const before = [...calls.acknowledged];
  const made = await backup();
  await calls.end();
  await settled(shop.testApp);
  await worker.close();
  expect(made).toMatchObject({ code: 0 });
  expect(calls.acknowledged.length).toBeGreaterThan(before.length);

  const names = await readdir(folder);
  expect(names).toEqual([expect.stringMatching(/^yinke-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z\.sql\.gz\.age$/)]);
  file = join(folder, names[0] ?? '');
  await emptyDatabase();
  const restored = await restore([file]);
  expect(restored).toMatchObject({ code: 0 });
  const head = /head of the chain of journals: ([1-9]\d*:[0-9a-f]{64})/.exec(restored.output)?.[1] ?? 'none';
  const logHead = /head of the chain of the audit log: (\d+:[0-9a-f]{64})/.exec(restored.output)?.[1] ?? 'none';
  const madeAt = /made at (\S+)/.exec(restored.output)?.[1] ?? 'never';
  const audited = await run(
    'audit',
    ['--head', head, '--audit-log-head', logHead, '--at', madeAt],
    testEnvironment(restoredUrl()),
  );
  expect(audited.output).toMatch(/\nclean\n$/);

  const rows = await shop.db.query<{ order_id: string }[]>(
    `SELECT order_id FROM ${RESTORED}.shop_order WHERE state = 'completed'`,
  );
  const kept = new Set(rows.map((row) => row.order_id));
  expect(before.filter((orderId) => !kept.has(orderId))).toEqual([]);
}, 180_000);

it('a database that holds something is not overwritten unless that is said', async () => {
  const refused = await restore([file]);
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(
    /^yinke: the database is not empty \(\d+ tables\); to lose what it holds, say --replace\n$/,
  );
  expect(await restore([file, '--replace'])).toMatchObject({ code: 0 });
}, 120_000);

it('a file that is cut, altered, of another key or something else is refused in plain words, before the database is touched', async () => {
  await emptyDatabase();
  const whole = await readFile(file);
  const other = join(folder, 'other');
  const flippedAt = (at: number) => {
    const flipped = Buffer.from(whole);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    return flipped;
  };
  const wrong: [Buffer, RegExp][] = [
    [whole.subarray(0, whole.length - 1), /is damaged, cut off/],
    [whole.subarray(0, whole.length - 20_000), /is damaged, cut off/],
    [whole.subarray(0, 60), /is damaged, cut off/],
    [Buffer.alloc(0), /is damaged, cut off/],
    [Buffer.from('-- MariaDB dump\n'), /not a backup of Yinke/],
    [Buffer.concat([whole, Buffer.from('more')]), /is damaged, cut off/],
    [flippedAt(whole.length - 5), /is damaged, cut off/],
    [flippedAt(whole.length >> 1), /is damaged, cut off/],
    [flippedAt(60), /does not open|is damaged/],
  ];
  for (const [bytes, words] of wrong) {
    await writeFile(other, bytes);
    const refused = await restore([other]);
    expect(refused.output).toMatch(words);
    expect(refused.output).toMatch(/^yinke: .*\n$/);
    expect(refused.code).toBe(1);
  }
  const key = { YINKE_BACKUP_KEY: Buffer.alloc(32, 1).toString('base64') };
  expect((await restore([file], key)).output).toMatch(/it was made with another YINKE_BACKUP_KEY/);
  expect((await restore([file], { YINKE_BACKUP_KEY: '' })).output).toMatch(/^yinke: YINKE_BACKUP_KEY is not set/);
  expect((await restore([join(folder, 'none')])).output).toMatch(/there is no file/);
  const [{ tables }] = await shop.db.query<[{ tables: string }]>(
    'SELECT COUNT(*) tables FROM information_schema.tables WHERE table_schema = ?',
    [RESTORED],
  );
  expect(Number(tables)).toBe(0);
}, 180_000);

it('a backup that is stopped, killed or cut off from the database leaves no half file under its name', async () => {
  await shop.db.query(
    `INSERT INTO audit_log (id, at, actor_kind, action, subject, detail)
     SELECT CONCAT('aud_', seq), NOW(6), 'system', 'test', 'test', CONCAT(${Array.from({ length: 60 }, () => 'SHA2(RAND(), 512)').join(',')})
       FROM seq_1_to_4000`,
  );
  const to = await mkdtemp(join(folder, 'stopped-'));
  const ends: Record<string, (child: ChildProcess) => Promise<unknown> | boolean> = {
    SIGTERM: (child) => child.kill('SIGTERM'),
    SIGKILL: (child) => child.kill('SIGKILL'),
    'no database': async () => {
      let dumps: { id: string }[] = [];
      while (dumps.length === 0)
        dumps = await shop.db.query(
          "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT /*!40001 SQL_NO_CACHE */%`audit_log`%'",
        );
      await shop.db.query(`KILL ${dumps[0]?.id ?? ''}`);
    },
  };
  for (const [how, end] of Object.entries(ends)) {
    const child = start('backup', ['--folder', to], testEnvironment(shop.testApp.databaseUrl));
    const exited = once(child, 'exit');
    while ((await readdir(to)).length === 0 && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 2));
    await end(child);
    const [code] = (await exited) as [number | null];
    expect([how, code]).not.toEqual([how, 0]);
    const left = await readdir(to);
    expect([how, left.filter((name) => name.endsWith('.age'))]).toEqual([how, []]);
    if (how !== 'SIGKILL') expect([how, left]).toEqual([how, []]);
    for (const name of left) {
      expect((await restore([join(to, name), '--look'])).output).toMatch(/is damaged, cut off/);
      await rm(join(to, name));
    }
  }
  expect(await backup(to)).toMatchObject({ code: 0 });
}, 180_000);
