// @ts-check
/**
 * Order events become journals, entries, rewards and balances: a worker posts what BullMQ tells it of, 10,000 merchants in
 * turn, in batches of 200, two at once.
 *
 * The limit is mysql2 alone, which writes exactly the rows that the worker has written, into copies of the tables: as many
 * connections, the same batches, one transaction each, multi-row statements, the same keys and durability. It reads nothing
 * and decides nothing.
 */
import { benchmark } from './lib/benchmark.mjs';
import { completeOrders, makeBooks, openQueue, post, rowsOf, writeRaw } from './lib/posting.mjs';
import { compare, SECONDS } from './lib/rounds.mjs';

const EVENTS = Math.ceil(20 * SECONDS) * 200;

export default benchmark({
  name: 'posting',
  what: 'order events to journals, entries, rewards and balances of 10,000 merchants, through BullMQ',
  limit: 'mysql2 that writes exactly those rows, in transactions of 200 events',
  goal: { atLeast: 0.7 },
  run: async (world) => {
    const { merchants, storefrontId } = await makeBooks(world, 10_000);
    const worker = await world.startWorker();
    const queue = openQueue(world);
    let sold = 0;
    const sell = () => {
      const sellers = Array.from({ length: EVENTS }, () => /** @type {any} */ (merchants[sold++ % merchants.length]));
      return completeOrders(world, storefrontId, sellers);
    };
    /** @type {Awaited<ReturnType<typeof rowsOf>> | undefined} */
    let rows;
    try {
      return await compare({
        unit: 'events/s',
        ours: async () => {
          const ids = await sell();
          const perSecond = await post(world, queue, ids, [worker]);
          rows ??= await rowsOf(world, ids);
          return perSecond;
        },
        limit: () => writeRaw(world, rows ?? []),
        say: world.say,
      });
    } finally {
      await queue.close();
    }
  },
});
