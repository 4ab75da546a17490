import { setTimeout as sleep } from 'node:timers/promises';
import { Test, type TestingModule } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import { AdvisoryLocks } from '../../src/core/advisory-locks.js';
import { PostingService } from '../../src/finance/rewards/posting.service.js';
import { newId } from '../../src/shared/ids.js';
import { WakeUp } from '../../src/core/wake-up.js';
import { Jobs, SCHEDULED_JOBS } from '../../src/worker/jobs.js';
import { WorkerModule } from '../../src/worker/worker.module.js';
import { insertEvents, insertRule } from '../support/order-events.js';
import { offenders } from '../support/poster.js';
import { startRooms } from '../support/rooms.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { testConfig } from '../support/test-config.js';
import { settled, startTestWorker } from '../support/worker.js';

let testApp: TestApp;
let db: DataSource;
/** Whatever is slow has one slot, and no sweep of orders helps. */
const ONE_SLOT = { YINKE_WORKER_CONCURRENCY: '1', YINKE_POST_BATCH_SIZE: '50' };

beforeEach(async () => {
  testApp = await startTestApp(ONE_SLOT);
  db = testApp.db;
  await insertRule(db, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }]);
});
afterEach(async () => {
  const found = await offenders(testApp.app);
  await testApp.close();
  expect(found).toEqual([]);
});

const order = (merchantId = newId('merchant')) => ({ merchantId, amountPaid: 1_000 });

describe('a live order', () => {
  it('is posted before the rest of an import of thousands that was told of earlier', async () => {
    const bulk = await insertEvents(
      db,
      Array.from({ length: 3_000 }, () => order()),
    );
    testApp.app.get(WakeUp).announce('rewards.post', bulk, 'bulk');
    await sleep(200);
    const worker = await startTestWorker(testApp, { ...ONE_SLOT, YINKE_SWEEP_SECONDS: '3600' });
    const [live = 'evt_none'] = await insertEvents(db, [order()]);
    try {
      testApp.app.get(WakeUp).announce('rewards.post', [live]);
      await settled(testApp);
    } finally {
      await worker.close();
    }
    const [{ later, all }] = await db.query(
      `SELECT SUM(b.posted_at > l.posted_at) later, COUNT(*) \`all\` FROM order_event b JOIN order_event l ON l.id = ? WHERE b.id IN (?)`,
      [live, bulk],
    );
    expect(Number(all)).toBe(3_000);
    expect(Number(later)).toBeGreaterThan(1_500);
  });

  it('is posted while a sweep of thousands is stuck', async () => {
    const slow = newId('merchant');
    await db.query("UPDATE reward_rule_version SET posting = 'pending', hold_days = 1");
    const posting = testApp.app.get(PostingService, { strict: false });
    await posting.postOrderEvents(
      await insertEvents(
        db,
        Array.from({ length: 1_200 }, () => order(slow)),
      ),
    );
    await db.query('UPDATE reward SET mature_at = NOW(6) - INTERVAL 1 SECOND');
    const other = db.createQueryRunner();
    await other.startTransaction();
    await other.query('SELECT * FROM account WHERE merchant_id = ? FOR UPDATE', [slow]);
    const worker = await startTestWorker(testApp, ONE_SLOT);
    try {
      await until(() => isLocked('rewards.mature'));
      const [live = 'evt_none'] = await insertEvents(db, [order()]);
      testApp.app.get(WakeUp).announce('rewards.post', [live]);
      await until(async () => {
        const [row] = await db.query('SELECT state FROM order_event WHERE id = ?', [live]);
        return row.state === 'posted';
      });
      expect(await db.query("SELECT COUNT(*) n FROM reward WHERE state = 'matured'")).toEqual([{ n: '0' }]);
    } finally {
      await other.rollbackTransaction();
      await other.release();
      await settled(testApp).finally(() => worker.close());
    }
  });
});

describe('a sweep', () => {
  it('is run by one worker at a time, however long it takes, and holds up no other sweep', async () => {
    const config = testConfig(testApp.databaseUrl);
    let running = 0;
    let most = 0;
    let sweeps = 0;
    let finish: () => void = () => undefined;
    const long = new Promise<void>((resolve) => (finish = resolve));
    const idle = SCHEDULED_JOBS.map((job) => [job, () => Promise.resolve()]);
    const handlers = {
      ...(Object.fromEntries(idle) as Jobs['handlers']),
      'events.sweep': () => Promise.resolve((sweeps += 1)),
      'rewards.mature': async () => {
        most = Math.max(most, (running += 1));
        await long;
        running -= 1;
      },
    };
    const worker = async () => {
      const building = Test.createTestingModule({ imports: [WorkerModule.register(config)] });
      return (await building.overrideProvider(Jobs).useValue({ handlers }).compile()).init();
    };
    const workers = await Promise.all([worker(), worker()]);
    try {
      await until(() => Promise.resolve(running === 1 && sweeps >= 4));
      expect(most).toBe(1);
    } finally {
      finish();
      await Promise.all(workers.map((one) => one.close()));
    }
    expect(running).toBe(0);
  });
});

describe('a lock by name', () => {
  let other: TestingModule;
  let here: AdvisoryLocks;
  let there: AdvisoryLocks;
  beforeEach(async () => {
    other = await startRooms(testConfig(testApp.databaseUrl));
    here = testApp.app.get(AdvisoryLocks);
    there = other.get(AdvisoryLocks);
  });
  afterEach(() => other.close());

  it('is held once over all processes, and given back also when the work fails', async () => {
    const nested = await here.tryRun('a', async () => [
      await here.tryRun('a', () => Promise.resolve(1)),
      await there.tryRun('a', () => Promise.resolve(2)),
      await there.tryRun('b', () => Promise.resolve(3)),
    ]);
    expect(nested).toEqual({ value: [null, null, { value: 3 }] });
    await expect(here.tryRun('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await there.tryRun('a', () => Promise.resolve(4))).toEqual({ value: 4 });
  });

  it('is free again when the process that held it is cut off, which then takes it anew', async () => {
    await here.tryRun('a', async () => {
      const [{ holder }] = await db.query("SELECT IS_USED_LOCK(SHA1(CONCAT('yinke ', DATABASE(), ' ', 'a'))) holder");
      await db.query(`KILL ${String(holder)}`);
      await until(async () => (await there.tryRun('a', () => Promise.resolve(true))) !== null);
    });
    expect(await here.tryRun('a', () => Promise.resolve(5))).toEqual({ value: 5 });
  });
});

async function isLocked(name: string): Promise<boolean> {
  const [row] = await db.query("SELECT IS_USED_LOCK(SHA1(CONCAT('yinke ', DATABASE(), ' ', ?))) holder", [name]);
  return row.holder !== null;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    if (await condition()) return;
    await sleep(10);
  }
  throw new Error('waited in vain');
}
