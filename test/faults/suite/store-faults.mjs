// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('./faults.mjs').Fault} Fault */
/** @typedef {import('./world.mjs').World} World */

const WRITES = /^(INSERT INTO|UPDATE|DELETE FROM)|FOR UPDATE/i;
const BURST_MS = 2_500;
/** Longer than a statement waits for a lock. */
const LOCKED_MS = 11_000;

/**
 * Something that happens now and then to statements of every process, for a while.
 * @param {string} name @param {string} kind @param {number} share
 * @param {Omit<import('./sql-proxy.mjs').SqlRule, 'chance' | 'onHit'>} rule
 * @returns {Fault}
 */
const burst = (name, kind, share, rule) => ({
  name,
  kind,
  share: 3,
  begin: async (world) => {
    let hits = 0;
    const chance = () => world.faultChance.happens(share);
    const disarms = world.processes.map((one) => one.sql.arm({ ...rule, chance, onHit: () => void (hits += 1) }));
    await world.during(BURST_MS);
    return { end: () => disarms.forEach((disarm) => disarm()), hits: () => hits };
  },
});

/** @param {string} name @param {string} kind @param {number} lasts @param {(world: World) => unknown} begin @param {(world: World) => unknown} end @returns {Fault} */
const spell = (name, kind, lasts, begin, end) => ({
  name,
  kind,
  lasts,
  begin: async (world) => {
    await begin(world);
    await world.during(world.faultChance.whole(lasts / 2, lasts));
    return { end: () => end(world), hits: () => 1 };
  },
});

/** @param {World} world @param {(proxy: any) => void} what @param {'sql' | 'redis'} which */
const lines = (world, which, what) => world.processes.forEach((one) => what(one[which]));

/** Rows that everybody needs are locked by somebody else. @type {Fault} */
const locked = {
  name: 'accounts locked by another session (1205 by the server)',
  kind: 'lock wait time-out 1205',
  lasts: LOCKED_MS,
  begin: async (world) => {
    const session = await world.stores.session();
    await session.query('START TRANSACTION');
    await session.query('SELECT * FROM account FOR UPDATE');
    await world.during(LOCKED_MS);
    return {
      end: async () => {
        await session.query('ROLLBACK');
        session.release();
      },
      hits: () => 1,
    };
  },
};

/** Takes accounts in the other order, in transactions so heavy that the server ends the service's. @type {Fault} */
const deadlocks = {
  name: 'deadlocks with another session (1213 by the server)',
  kind: 'deadlock 1213',
  begin: async (world) => {
    const deadlocked = async () => Number((await world.stores.query("SHOW STATUS LIKE 'Innodb_deadlocks'"))[0]?.Value);
    const before = await deadlocked();
    for (const end = Date.now() + BURST_MS; Date.now() < end; await sleep(20)) {
      const session = await world.stores.session();
      try {
        await session.query('START TRANSACTION');
        await session.query('UPDATE faults.ballast SET n = n + 1');
        for (const { id } of [...world.merchants].sort((a, b) => (a.id < b.id ? 1 : -1))) {
          await session.query('SELECT * FROM account WHERE merchant_id = ? FOR UPDATE', [id]);
          await sleep(10);
        }
      } catch {
        // it was ours that was ended
      } finally {
        await session.query('ROLLBACK').catch(() => undefined);
        session.release();
      }
    }
    const hits = (await deadlocked()) - before;
    return { end: () => undefined, hits: () => hits };
  },
};

/** @type {Fault[]} */
export const storeFaults = [
  burst('COMMIT carried out, its answer lost', 'cut at COMMIT', 0.06, {
    statement: /^COMMIT/i,
    when: 'after',
    cut: true,
  }),
  burst('connection cut before COMMIT', 'cut at COMMIT', 0.06, { statement: /^COMMIT/i, when: 'before', cut: true }),
  burst('connection cut at a statement that writes', 'cut at a statement', 0.04, {
    statement: WRITES,
    when: 'after',
    cut: true,
  }),
  burst('error 1213 at a statement', 'deadlock 1213', 0.06, {
    statement: WRITES,
    when: 'before',
    error: 1213,
    inTransaction: true,
  }),
  burst('error 1205 at a statement', 'lock wait time-out 1205', 0.06, {
    statement: WRITES,
    when: 'before',
    error: 1205,
    inTransaction: true,
  }),
  burst('COMMIT answered late', 'database slow', 0.2, { statement: /^COMMIT/i, when: 'after', delayMs: 400 }),
  burst('statements delayed', 'database slow', 0.1, { statement: WRITES, when: 'before', delayMs: 200 }),
  deadlocks,
  locked,
  spell(
    'pool exhausted: every statement takes a second',
    'pool exhausted',
    3_000,
    (world) => {
      world.slow = world.processes.map((one) => one.sql.arm({ statement: /./, when: 'after', delayMs: 1_000 }));
    },
    (world) => world.slow.forEach((disarm) => disarm()),
  ),
  spell(
    'MariaDB takes no more connections (1040)',
    'pool exhausted',
    3_000,
    async (world) => {
      await world.stores.query('SET GLOBAL max_connections = 10');
      lines(world, 'sql', (proxy) => proxy.drop());
    },
    (world) => world.stores.query('SET GLOBAL max_connections = 300'),
  ),
  spell(
    'MariaDB is read-only',
    'database read-only',
    3_000,
    (world) => world.stores.query('SET GLOBAL read_only = 1'),
    (world) => world.stores.query('SET GLOBAL read_only = 0'),
  ),
  {
    name: 'disk of MariaDB is full',
    kind: 'disk full',
    lasts: 5_000,
    impossible: ({ stores }) => (stores.hasDisk ? null : 'needs the right to mount'),
    begin: async (world) => {
      world.stores.fillDisk();
      await world.during(5_000);
      const end = async () => {
        world.stores.emptyDisk();
        await world.stores.reviveMariadb();
      };
      return { end, hits: () => 1 };
    },
  },
  spell(
    'MariaDB away: connections refused',
    'database away',
    3_000,
    (world) => lines(world, 'sql', (proxy) => proxy.cut()),
    (world) => lines(world, 'sql', (proxy) => proxy.mend()),
  ),
  spell(
    'MariaDB stopped without a word (SIGSTOP)',
    'database away',
    8_000,
    (world) => world.stores.signalStore('mariadb', 'SIGSTOP'),
    (world) => world.stores.signalStore('mariadb', 'SIGCONT'),
  ),
  spell(
    'MariaDB killed and started anew',
    'database killed',
    1_000,
    (world) => world.stores.killMariadb(),
    (world) => world.stores.startMariadb(),
  ),
  spell(
    'Redis flushed',
    'Redis emptied',
    100,
    (world) => world.stores.redis.flushall(),
    () => undefined,
  ),
  spell(
    'Redis started anew, empty',
    'Redis emptied',
    1_000,
    (world) => world.stores.endRedis({ empty: true }),
    (world) => world.stores.startRedis(),
  ),
  spell(
    'Redis killed and started anew',
    'Redis away',
    1_000,
    (world) => world.stores.endRedis({ empty: false }),
    (world) => world.stores.startRedis(),
  ),
  spell(
    'Redis away: connections refused',
    'Redis away',
    3_000,
    (world) => lines(world, 'redis', (proxy) => proxy.cut()),
    (world) => lines(world, 'redis', (proxy) => proxy.mend()),
  ),
  spell(
    'Redis stopped without a word (SIGSTOP)',
    'Redis away',
    6_000,
    (world) => world.stores.signalStore('redis', 'SIGSTOP'),
    (world) => world.stores.signalStore('redis', 'SIGCONT'),
  ),
];
