// @ts-check
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('./faults.mjs').Fault} Fault */
/** @typedef {import('./world.mjs').World} World */

const LASTS_MS = 2_500;

/** @param {'twice' | 'impatient' | 'delayed'} manner @param {number} share @param {string} counted @param {string} name @returns {Fault} */
const manner = (manner, share, counted, name) => ({
  name,
  kind: 'calls of clients',
  share: 3,
  begin: async (world) => {
    const { client } = world;
    const before = client.counts.get(counted) ?? 0;
    client.manners[manner] = share;
    await world.during(LASTS_MS);
    client.manners[manner] = 0;
    const hits = (client.counts.get(counted) ?? 0) - before;
    return { end: () => undefined, hits: () => hits };
  },
});

/** Every job of the last seconds is put into the queue twice more. @type {Fault} */
const jobsTwice = {
  name: 'every job twice more, at the same time',
  kind: 'jobs doubled',
  share: 2,
  begin: async (world) => {
    const { stores } = world;
    const connection = new Redis(stores.redisUrl(stores.ports.redis), { maxRetriesPerRequest: 1 });
    connection.on('error', () => undefined);
    const options = { connection, prefix: '{yinke}' };
    const queues = { posting: new Queue('yinke-posting', options), background: new Queue('yinke', options) };
    let hits = 0;
    try {
      for (const end = Date.now() + LASTS_MS; Date.now() < end; await sleep(250)) {
        const events = await stores.query('SELECT id FROM order_event ORDER BY id DESC LIMIT 40');
        const batches = await stores.query(
          "SELECT id FROM payout_batch WHERE state = 'submitted' ORDER BY id DESC LIMIT 5",
        );
        const ids = (/** @type {any[]} */ rows) => ({ ids: rows.map(({ id }) => id), requests: [] });
        await Promise.all(
          [1, 2].flatMap(() => [
            queues.posting.add('rewards.post', ids(events), { removeOnComplete: true }),
            queues.background.add('payouts.submit', ids(batches), { removeOnComplete: true }),
            ...['events.sweep', 'payouts.poll', 'rewards.mature', 'journals.seal'].map((job) =>
              queues.background.add(job, {}, { removeOnComplete: true }),
            ),
          ]),
        );
        hits += 12;
      }
    } finally {
      connection.disconnect();
    }
    return { end: () => undefined, hits: () => hits };
  },
};

/** @type {Fault[]} */
export const callFaults = [
  manner('twice', 0.5, 'call sent twice', 'calls sent twice at the same time'),
  manner('impatient', 0.3, 'caller timed out', 'callers that time out and send again'),
  manner('delayed', 0.4, 'call delayed', 'calls that others overtake'),
  jobsTwice,
];
