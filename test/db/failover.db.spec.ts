import type { DataSource } from 'typeorm';
import { createDataSource, writerUrl } from '../../src/core/data-source.js';
import { isDatabaseAway } from '../../src/core/driver-error.js';
import { createTestDatabase } from '../support/test-database.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

let proxies: [TcpProxy, TcpProxy];
let url: string;
let dataSource: DataSource;

beforeAll(async () => {
  const direct = new URL(await createTestDatabase());
  const proxy = () => startTcpProxy(direct.hostname, Number(direct.port || 3306));
  proxies = [await proxy(), await proxy()];
  url = direct.href.replace(direct.host, proxies.map(({ port }) => `127.0.0.1:${port}`).join(','));
  const limits = { statementMs: 20_000, waitMs: 10_000 };
  dataSource = await createDataSource({ url, poolSize: 4, entities: [], limits }).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await Promise.all(proxies.map((proxy) => proxy.close()));
});

const answers = () => dataSource.query<{ n: string }[]>('SELECT 1 n').then(([row]) => Number(row?.n) === 1);

async function soon(check: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + 15_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50)))
    if (await check().catch(() => false)) return true;
  return false;
}

test('a process goes to the first server of the list, to the next when that one is cut off, and back when it is there again', async () => {
  const [first, second] = proxies;
  const now = async () => new URL(await writerUrl(url)).port;
  expect(await answers()).toBe(true);
  expect(await now()).toBe(String(first.port));

  first.cut();
  expect(await soon(answers)).toBe(true);
  expect(await now()).toBe(String(second.port));

  first.mend();
  expect(await now()).toBe(String(first.port));
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // every process has looked again
  second.cut(); // what came back leads to the first: nobody notices
  expect(await Promise.all(Array.from({ length: 8 }, answers))).toEqual(Array.from({ length: 8 }, () => true));
  second.mend();
});

test('who waits for an answer of a server that has stopped without a word is told that it is gone, long before a statement is given up', async () => {
  const [first] = proxies;
  const began = performance.now();
  const waiting = dataSource.query('SELECT SLEEP(0.5)').catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 100));
  first.freeze();
  const error = await waiting;
  expect(isDatabaseAway(error)).toBe(true);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(await soon(answers)).toBe(true);
  first.thaw();
});

test('with no server left a process says that the database is away, and goes on when one comes back', async () => {
  for (const proxy of proxies) proxy.cut();
  const error: unknown = await soon(async () => isDatabaseAway(await answers().catch((one: unknown) => one)));
  expect(error).toBe(true);
  proxies[1].mend();
  expect(await soon(answers)).toBe(true);
  proxies[0].mend();
});
