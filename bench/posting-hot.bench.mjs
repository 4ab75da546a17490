// @ts-check
/**
 * All orders are one merchant's: every batch of events moves the same balance.
 *
 * The limit is the same worker with as many events that are spread over 10,000 merchants.
 */
import { benchmark } from './lib/benchmark.mjs';
import { completeOrders, makeBooks, openQueue, post } from './lib/posting.mjs';
import { compare, SECONDS } from './lib/rounds.mjs';

const EVENTS = Math.ceil(20 * SECONDS) * 200;

export default benchmark({
  name: 'posting-hot',
  what: 'order events of one merchant to journals, entries, rewards and a balance, through BullMQ',
  limit: 'the same for 10,000 merchants in turn',
  goal: { atLeast: 0.8 },
  run: async (world) => {
    const { merchants, storefrontId } = await makeBooks(world, 10_000);
    const worker = await world.startWorker();
    const queue = openQueue(world);
    /** @param {(n: number) => number} whose */
    const sellAndPost = async (whose) => {
      const sellers = Array.from({ length: EVENTS }, (_, n) => /** @type {any} */ (merchants[whose(n)]));
      return post(world, queue, await completeOrders(world, storefrontId, sellers), [worker]);
    };
    try {
      return await compare({
        unit: 'events/s',
        ours: () => sellAndPost(() => 0),
        limit: (round) => sellAndPost((n) => (round * EVENTS + n) % merchants.length),
        say: world.say,
      });
    } finally {
      await queue.close();
    }
  },
});
