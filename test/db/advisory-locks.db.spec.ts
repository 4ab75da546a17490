import type { DataSource } from 'typeorm';
import { AdvisoryLocks } from '../../src/core/advisory-locks.js';
import { createDataSource } from '../../src/core/data-source.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { createTestDatabase } from '../support/test-database.js';

let proxy: TcpProxy;
let stopped: DataSource;
let others: DataSource;

beforeAll(async () => {
  const url = new URL(await createTestDatabase());
  others = await createDataSource({ url: url.href, poolSize: 2, entities: [] }).initialize();
  proxy = await startTcpProxy(url.hostname, Number(url.port));
  url.port = String(proxy.port);
  stopped = await createDataSource({ url: url.href, poolSize: 2, entities: [] }).initialize();
});
afterAll(async () => {
  await others.destroy();
  await stopped.destroy().catch(() => undefined);
  await proxy.close();
});

const nothing = () => Promise.resolve();

/** Holds a lock until it is told to let go. */
function holder(locks: AdvisoryLocks, name: string) {
  let letGo: () => void = () => undefined;
  let begun: () => void = () => undefined;
  const holds = new Promise<void>((resolve) => (begun = resolve));
  const run = locks.tryRun(name, () => {
    begun();
    return new Promise<void>((resolve) => (letGo = resolve));
  });
  return { holds, run, letGo: () => letGo() };
}

it('gives the work of a process that is stopped to another one within half a minute, though its connection stands', async () => {
  const locks = new AdvisoryLocks(others);
  const { holds, run, letGo } = holder(new AdvisoryLocks(stopped), 'sweep');
  await holds;
  expect(await locks.tryRun('sweep', nothing)).toBeNull();
  proxy.freeze();
  const start = Date.now();
  while ((await locks.tryRun('sweep', nothing)) === null) {
    expect(Date.now() - start).toBeLessThan(30_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  proxy.thaw();
  letGo();
  await run;
}, 60_000);

it('leaves the lock with whoever works for long, and the connection to whoever has it next', async () => {
  const { holds, run, letGo } = holder(new AdvisoryLocks(others), 'long');
  await holds;
  await new Promise((resolve) => setTimeout(resolve, 23_000));
  const other = await others.query("SELECT IS_FREE_LOCK(SHA1(CONCAT('yinke ', DATABASE(), ' ', 'long'))) isFree");
  expect(Number(other[0].isFree)).toBe(0);
  letGo();
  await run;
  const limits = await Promise.all([1, 2].map(() => others.query('SELECT @@SESSION.wait_timeout seconds, SLEEP(0.2)')));
  const [{ usual }] = await others.query('SELECT @@GLOBAL.wait_timeout usual');
  expect(limits.map(([{ seconds }]) => seconds)).toEqual([usual, usual]);
}, 60_000);
