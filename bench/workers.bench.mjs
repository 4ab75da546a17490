// @ts-check
/**
 * Posting by 1, 2, 4 and 8 worker processes beside each other on this machine: more of them must not stand in each other's way.
 *
 * The limit is the best of them in the same round.
 */
import { benchmark } from './lib/benchmark.mjs';
import { completeOrders, makeBooks, openQueue, post } from './lib/posting.mjs';
import { figure, resultOf, ROUNDS, SECONDS } from './lib/rounds.mjs';

const WORKERS = [1, 2, 4, 8];
const EVENTS = Math.ceil(20 * SECONDS) * 200;

export default benchmark({
  name: 'workers',
  what: `posting with ${WORKERS.join(', ')} worker processes, 10,000 merchants`,
  limit: 'the best of them',
  goal: { atLeast: 0.85 },
  run: async (world) => {
    const { merchants, storefrontId } = await makeBooks(world, 10_000);
    const queue = openQueue(world);
    let sold = 0;
    const sell = (/** @type {number} */ count) => {
      const sellers = Array.from({ length: count }, () => /** @type {any} */ (merchants[sold++ % merchants.length]));
      return completeOrders(world, storefrontId, sellers);
    };
    /** @type {[number, number][]} */
    const figures = [];
    let last = '';
    try {
      for (let round = 0; round < Math.min(2, ROUNDS); round++) {
        /** @type {number[]} */
        const speeds = [];
        for (const count of WORKERS) {
          const workers = await Promise.all(Array.from({ length: count }, () => world.startWorker()));
          await post(world, queue, await sell(200 * count), workers); // warms up
          speeds.push(await post(world, queue, await sell(EVENTS), workers));
          await Promise.all(workers.map((worker) => worker.stop()));
        }
        last = WORKERS.map((count, at) => `${count}: ${figure(speeds[at] ?? NaN)}`).join(', ');
        world.say(`workers: round ${round + 1}: events/s with ${last}`);
        figures.push([speeds.at(-1) ?? NaN, Math.max(...speeds)]);
      }
    } finally {
      await queue.close();
    }
    const result = resultOf({ unit: 'events/s', figures });
    return { ...result, detail: `${result.detail}; in the last with ${last}` };
  },
});
