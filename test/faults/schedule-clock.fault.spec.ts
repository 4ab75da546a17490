import { jest } from '@jest/globals';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { JobRuns } from '../../src/core/job-runs.js';
import { Logger } from '../../src/core/logger.js';
import { SCHEDULED_JOBS } from '../../src/worker/jobs.js';
import { QUEUES } from '../../src/worker/queue-wake-up.js';
import { insertEvents, insertRule } from '../support/order-events.js';
import { newId } from '../../src/shared/ids.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { testConfig } from '../support/test-config.js';
import { settled, startTestWorker } from '../support/worker.js';

const AHEAD_MS = 90 * 86_400_000;

let testApp: TestApp;
let redis: Redis;
let queue: Queue;

beforeAll(async () => {
  testApp = await startTestApp();
  const { redisUrl, queuePrefix } = testConfig(testApp.databaseUrl);
  redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  queue = new Queue(QUEUES.background, { connection: redis, prefix: queuePrefix });
});
afterAll(async () => {
  await queue.close();
  redis.disconnect();
  await testApp.close();
});

/** What Redis holds after a worker whose clock was 90 days ahead has made every schedule. */
async function makeSchedulesAhead(): Promise<void> {
  for (const job of SCHEDULED_JOBS) {
    await queue.removeJobScheduler(job);
    const every = job === 'books.audit' ? 3_600_000 : 1000;
    const startDate = Date.now() + AHEAD_MS;
    const first = await queue.upsertJobScheduler(job, { every, startDate }, { name: job, data: {} });
    // A worker that runs may have made it anew by now: only what was made here is looked at.
    expect(first.delay).toBeGreaterThan(AHEAD_MS / 2);
  }
}

async function isSwept(): Promise<void> {
  const dataSource = testApp.app.get(DataSource);
  const merchant = newId('merchant');
  await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant });
  // Nobody announces it: only the sweep finds it.
  await insertEvents(dataSource, [{ merchantId: merchant, amountPaid: 1_000 }]);
  await settled(testApp);
}

it('a clock that was 90 days ahead stops no sweep: neither at the next start nor while a worker runs', async () => {
  await makeSchedulesAhead();
  const worker = await startTestWorker(testApp);
  try {
    await isSwept();
    await makeSchedulesAhead();
    await isSwept();
    const schedulers = await queue.getJobSchedulers();
    expect(schedulers).toHaveLength(SCHEDULED_JOBS.length);
    for (const { next, every } of schedulers) expect((next ?? 0) - Date.now()).toBeLessThanOrEqual(2 * Number(every));
  } finally {
    await worker.close();
  }
}, 90_000);

it('says which sweep does not run, by the database’s clock', async () => {
  const dataSource = testApp.app.get(DataSource);
  const error = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  const alerts = () => error.mock.calls.filter(([text]) => text === 'ALERT a scheduled job does not run');
  const worker = await startTestWorker(testApp);
  try {
    await isSwept();
    // A sweep that has run is noted, so that it is not late any more.
    await dataSource.query("UPDATE job_run SET last_run_at = NOW(6) - INTERVAL 9 HOUR WHERE job = 'events.sweep'");
    const age = async () => (await worker.get(JobRuns).ages()).get('events.sweep');
    for (let tries = 0; Number(await age()) > 60 && tries < 100; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await age()).toBeLessThan(60);
    error.mockClear();
    // An audit runs once an hour: it is not late, until it has been silent for ten hours.
    await dataSource.query("UPDATE job_run SET last_run_at = NOW(6) - INTERVAL 9 HOUR WHERE job = 'books.audit'");
    await isSwept();
    expect(alerts()).toEqual([]);
    await dataSource.query("UPDATE job_run SET last_run_at = NOW(6) - INTERVAL 11 HOUR WHERE job = 'books.audit'");
    for (let tries = 0; alerts().length === 0 && tries < 100; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(alerts()[0]?.[1]).toMatchObject({ job: 'books.audit' });
  } finally {
    await worker.close();
    error.mockRestore();
  }
}, 90_000);
