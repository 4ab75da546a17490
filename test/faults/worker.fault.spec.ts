import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { WakeUp } from '../../src/core/wake-up.js';
import { newId, type MerchantId } from '../../src/shared/ids.js';
import { insertEvents, insertRule } from '../support/order-events.js';
import { offenders } from '../support/poster.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { testConfig, testEnvironment } from '../support/test-config.js';
import { settled, startTestWorker } from '../support/worker.js';

let testApp: TestApp;
let dataSource: DataSource;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  testApp = await startTestApp();
  dataSource = testApp.app.get(DataSource);
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await testApp.close();
});

/** A worker process of its own, from the build. */
function spawnWorker(): ChildProcess {
  const env = { ...process.env, ...testEnvironment(testApp.databaseUrl, { YINKE_POST_BATCH_SIZE: '20' }) };
  const worker = spawn(process.execPath, ['dist/worker.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  workers.push(worker);
  return worker;
}

/** All that Redis knows of this test's queue is gone, as after a FLUSHALL. */
async function flushQueue(): Promise<void> {
  const { redisUrl, queuePrefix } = testConfig(testApp.databaseUrl);
  const redis = new Redis(redisUrl);
  for await (const keys of redis.scanStream({ match: `${queuePrefix}*`, count: 1000 }))
    if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
  redis.disconnect();
}

async function postedCount(): Promise<number> {
  const [{ count }] = await dataSource.query("SELECT COUNT(*) count FROM order_event WHERE state = 'posted'");
  return Number(count);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('waited in vain');
}

async function expectExactly(merchantId: MerchantId, events: number, each: number): Promise<void> {
  const [account] = await dataSource.query('SELECT available FROM account WHERE merchant_id = ?', [merchantId]);
  const [{ journals }] = await dataSource.query("SELECT COUNT(*) journals FROM journal WHERE kind = 'reward'");
  expect([Number(account.available), Number(journals)]).toEqual([events * each, events]);
  expect(await offenders(testApp.app)).toEqual([]);
}

it('killing the worker in the middle of posting and losing all of Redis loses and doubles nothing', async () => {
  const merchantId = newId('merchant');
  await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: merchantId });
  const events = 3_000;
  const ids = await insertEvents(
    dataSource,
    Array.from({ length: events }, () => ({ merchantId, amountPaid: 1_000 })),
  );
  for (const goal of [200, 900, 1_600]) {
    const worker = spawnWorker();
    testApp.app.get(WakeUp).announce('rewards.post', ids);
    await until(async () => (await postedCount()) >= goal);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    await flushQueue();
  }
  expect(await postedCount()).toBeLessThan(events);
  const last = spawnWorker(); // Nobody announces anything any more: the sweep finds what is left.
  await settled(testApp);
  await expectExactly(merchantId, events, 100);

  // Redis loses the schedules while the worker runs, and it makes them anew.
  await flushQueue();
  await insertEvents(dataSource, [{ merchantId, amountPaid: 1_000 }]);
  await settled(testApp);
  await expectExactly(merchantId, events + 1, 100);
  last.kill('SIGTERM');
  await once(last, 'exit');
}, 180_000);

it('“Reward worker dies silently after a Redis outage”: it outlives the outage and goes on', async () => {
  const redisUrl = new URL(testConfig(testApp.databaseUrl).redisUrl);
  const proxy = await startTcpProxy(redisUrl.hostname, Number(redisUrl.port));
  redisUrl.hostname = '127.0.0.1';
  redisUrl.port = String(proxy.port);
  const worker = await startTestWorker(testApp, { REDIS_URL: redisUrl.href });
  try {
    const merchantId = newId('merchant');
    await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: merchantId });
    proxy.cut();
    await insertEvents(dataSource, [{ merchantId, amountPaid: 1_000 }]);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    proxy.mend();
    await settled(testApp);
    const [account] = await dataSource.query('SELECT available FROM account WHERE merchant_id = ?', [merchantId]);
    expect(account.available).toBe('100');
  } finally {
    await worker.close();
    await proxy.close();
  }
}, 120_000);
