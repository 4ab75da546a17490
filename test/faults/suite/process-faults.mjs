// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('./faults.mjs').Fault} Fault */
/** @typedef {import('./world.mjs').World} World */

/** Longer than every lease: a job's lock (30 s), an idle transaction (15 s), a keyed call (60 s), a payout (31 s). */
const LONGEST_LEASE_MS = 65_000;

/** Moments of a process, by the statement that it is at. */
const POINTS = /** @type {const} */ ([
  ['event insert', 'api', /^INSERT INTO `?order_event\b/i],
  ['commit of a call', 'api', /^COMMIT/i],
  ['order', 'api', /^(INSERT INTO|UPDATE) `?shop_order\b/i],
  ['note of an Idempotency-Key', 'api', /^UPDATE idempotency_key SET effect_at/i],
  ['journal', 'worker', /^INSERT INTO `?journal\b/i],
  ['entries', 'worker', /^INSERT INTO `?entry\b/i],
  ['balance', 'worker', /^INSERT INTO `?account\b/i],
  ['rewards', 'worker', /^INSERT INTO `?reward\b/i],
  ['commit of a posting', 'worker', /^COMMIT/i],
  ['claim of a payout', 'worker', /^UPDATE payout SET attempts/i],
  ['outcome of a payout', 'worker', /^UPDATE payout SET next_attempt_at/i],
  ['payment file', 'worker', /^INSERT INTO `?payout_file\b/i],
]);
/** How long a point is waited for. */
const POINT_MS = 2_500;

/** Kills each process that may come there at the point, the first that does. @returns {Fault[]} */
function atPoints() {
  return POINTS.flatMap(([point, who, statement]) =>
    /** @type {const} */ (['before', 'after']).map((when) => ({
      name: `SIGKILL ${when} ${point}`,
      kind: 'killed at a point',
      begin: async (/** @type {World} */ world) => {
        let hits = 0;
        const disarms = world[who === 'api' ? 'apis' : 'workers'].map((one) =>
          one.sql.arm({
            statement,
            when,
            drops: true,
            times: 1,
            chance: () => hits === 0,
            onHit: () => void (hits += 1),
            act: () => one.signal('SIGKILL'),
          }),
        );
        for (let ms = 0; ms < POINT_MS && hits === 0; ms += 20) await sleep(20);
        return { end: () => disarms.forEach((disarm) => disarm()), hits: () => hits };
      },
    })),
  );
}

/** @param {(world: World) => import('./supervised.mjs').Supervised} pick @param {string} who @returns {Fault[]} */
const anyMoment = (pick, who) => [
  {
    name: `SIGKILL of ${who}`,
    kind: 'killed at a random moment',
    begin: async (world) => {
      await sleep(world.faultChance.whole(0, 300));
      pick(world).signal('SIGKILL');
      return { end: () => undefined, hits: () => 1 };
    },
  },
  {
    name: `SIGTERM of ${who}`,
    kind: 'restarted',
    begin: async (world) => {
      pick(world).signal('SIGTERM');
      return { end: () => undefined, hits: () => 1 };
    },
  },
  stopped(pick, who, 'for a moment', 1_500, 3_000),
];

/**
 * @param {(world: World) => import('./supervised.mjs').Supervised} pick @param {string} who @param {string} how
 * @param {number} least @param {number} most @returns {Fault}
 */
const stopped = (pick, who, how, least, most) => ({
  name: `SIGSTOP of ${who} ${how}`,
  kind: how === 'for a moment' ? 'stopped for a moment' : 'stopped for longer than every lease',
  lasts: most,
  begin: async (world) => {
    const one = pick(world);
    one.signal('SIGSTOP');
    if (least > 10_000) world.held.add(one);
    await world.during(world.faultChance.whole(least, most));
    return {
      end: () => {
        one.signal('SIGCONT');
        world.held.delete(one);
      },
      hits: () => 1,
    };
  },
});

/** Stops a worker in the middle of a transaction, for longer than its locks may last. @type {Fault} */
const stoppedInTransaction = {
  name: 'SIGSTOP in a posting, longer than its transaction may idle',
  kind: 'stopped at a point',
  lasts: 18_000,
  begin: async (world) => {
    let stoppedOne = /** @type {import('./supervised.mjs').Supervised | undefined} */ (undefined);
    const disarms = world.workers.map((one) =>
      one.sql.arm({
        statement: /^INSERT INTO `?entry\b/i,
        when: 'after',
        times: 1,
        chance: () => stoppedOne === undefined,
        act: () => {
          one.signal('SIGSTOP');
        },
        onHit: () => void (stoppedOne = one),
      }),
    );
    for (let ms = 0; ms < POINT_MS && !stoppedOne; ms += 20) await sleep(20);
    disarms.forEach((disarm) => disarm());
    if (stoppedOne) await world.during(17_000);
    return { end: () => stoppedOne?.signal('SIGCONT'), hits: () => (stoppedOne ? 1 : 0) };
  },
};

/** @param {'before' | 'after'} when @returns {Fault} */
const atAcknowledgement = (when) => ({
  name: `SIGKILL ${when} acknowledgement of a job`,
  kind: 'killed at a point',
  begin: async (world) => {
    let hits = 0;
    const disarms = world.workers.map((one) =>
      one.redis.atAcknowledgement(when, () => {
        if (hits > 0) return;
        hits += 1;
        one.signal('SIGKILL');
      }),
    );
    for (let ms = 0; ms < POINT_MS && hits === 0; ms += 20) await sleep(20);
    return { end: () => disarms.forEach((disarm) => disarm()), hits: () => hits };
  },
});

/** @param {'before' | 'after'} when the bank has executed it @returns {Fault} */
const atSubmit = (when) => ({
  name: `SIGKILL of both workers while the bank is called, ${when} it pays`,
  kind: 'killed at a point',
  begin: async (world) => {
    let hits = 0;
    world.bank.behave({
      does: when === 'before' ? 'time-out-before' : 'time-out-after',
      times: 1,
      first: async () => {
        hits += 1;
        setTimeout(() => world.workers.forEach((one) => one.signal('SIGKILL')), 5);
      },
    });
    for (let ms = 0; ms < POINT_MS && hits === 0; ms += 20) await sleep(20);
    return { end: () => world.bank.forget(), hits: () => hits };
  },
});

/** @param {number} hours @param {'api' | 'worker'} who @returns {Fault} */
const wrongClock = (hours, who) => ({
  name: `clock of ${who === 'api' ? 'an API' : 'a worker'} a day ${hours < 0 ? 'behind' : 'ahead'}`,
  kind: 'wrong clock',
  lasts: 6_000,
  begin: async (world) => {
    const one = world.faultChance.one(who === 'api' ? world.apis : world.workers);
    one.clockHours = hours;
    one.signal('SIGKILL');
    await world.during(6_000);
    return {
      end: () => {
        one.clockHours = 0;
        one.signal('SIGKILL');
      },
      hits: () => 1,
    };
  },
});

const api = (/** @type {World} */ world) => world.faultChance.one(world.apis);
const worker = (/** @type {World} */ world) => world.faultChance.one(world.workers);

/** @type {Fault[]} */
export const processFaults = [
  ...anyMoment(api, 'an API'),
  ...anyMoment(worker, 'a worker'),
  {
    name: 'SIGKILL of everything at once',
    kind: 'killed at a random moment',
    begin: async (world) => {
      for (const one of world.processes) one.signal('SIGKILL');
      return { end: () => undefined, hits: () => world.processes.length };
    },
  },
  ...atPoints(),
  atAcknowledgement('before'),
  atAcknowledgement('after'),
  atSubmit('before'),
  atSubmit('after'),
  stoppedInTransaction,
  wrongClock(24, 'api'),
  wrongClock(-24, 'api'),
  wrongClock(24, 'worker'),
  wrongClock(-24, 'worker'),
];

/** They go on beside the others. @type {Fault[]} */
export const longFaults = [
  stopped(api, 'an API', 'for 65 seconds', LONGEST_LEASE_MS, LONGEST_LEASE_MS),
  stopped(worker, 'a worker', 'for 65 seconds', LONGEST_LEASE_MS, LONGEST_LEASE_MS),
];
