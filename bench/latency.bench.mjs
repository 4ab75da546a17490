// @ts-check
/**
 * How long after `complete` is sent the merchant's balance has moved, while a worker posts other events at half the speed
 * that it was measured to reach just before. The balance is looked at in its row, every millisecond.
 *
 * The limit is the same on an idle machine: the 99th part of a hundred under load against the median when nothing else is
 * posted. The load is events that wait already and are announced evenly, so that it is posting and not the arrival of orders.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { benchmark } from './lib/benchmark.mjs';
import { completeOrders, openQueue, post } from './lib/posting.mjs';
import { figure, quantile, resultOf, ROUNDS, SECONDS } from './lib/rounds.mjs';
import { makeMerchants, makeRewardRule, openShop } from './lib/shop.mjs';

const MERCHANTS = 10_000;
const IDLE_SAMPLES = 30;
const BATCH = 50;

export default benchmark({
  name: 'latency',
  what: 'from complete until the balance has moved, while events are posted at half of the speed of posting',
  limit: 'the median of the same when nothing else is posted',
  goal: { atMost: 10 },
  run: async (world) => {
    const merchants = await makeMerchants(world, MERCHANTS);
    await makeRewardRule(world);
    const api = await world.startApi();
    const { id: storefrontId, publishable, secret } = await openShop(api.baseUrl);
    const worker = await world.startWorker();
    const queue = openQueue(world);
    const [watched, ...others] = merchants;
    if (!watched) throw new Error('there are no merchants');
    const { visit } = await publishable.post('/v1/visits', { merchantCode: watched.code });
    const lines = [{ sku: 'tea', quantity: 1, unitPrice: 4999, lineTotal: 4999 }];
    let made = 0;
    const version = async () => {
      const [row] = await world.query("SELECT version FROM account WHERE merchant_id = ? AND asset = 'CNY'", [
        watched.id,
      ]);
      return Number(row?.version ?? 0);
    };
    /** Milliseconds of one purchase. */
    const sample = async () => {
      const orderId = `order-${made++}`;
      await secret.post('/v1/orders', { orderId, visit, currency: 'CNY', lines });
      const before = await version();
      const begin = performance.now();
      await secret.post(`/v1/orders/${orderId}/complete`, { amountPaid: 4999 });
      while ((await version()) === before) {
        worker.throwIfEnded();
        await sleep(1);
      }
      return performance.now() - begin;
    };
    const sell = (/** @type {number} */ count) =>
      completeOrders(
        world,
        storefrontId,
        Array.from({ length: count }, (_, n) => /** @type {any} */ (others[n % others.length])),
      );

    /** @type {[number, number][]} */
    const figures = [];
    try {
      for (let round = 0; round <= ROUNDS; round++) {
        const speed = await post(world, queue, await sell(Math.ceil(1000 * SECONDS)), [worker]);
        const idle = [];
        for (let n = 0; n < IDLE_SAMPLES; n++) idle.push(await sample());
        const ids = await sell(Math.ceil((speed / 2) * 3 * SECONDS));
        const loaded = /** @type {number[]} */ ([]);
        let feeding = true;
        const feed = (async () => {
          const begin = performance.now();
          for (let at = 0; at < ids.length; at += BATCH) {
            await sleep(Math.max(0, begin + (at * 1000) / (speed / 2) - performance.now()));
            await queue.announce(ids.slice(at, at + BATCH));
          }
          feeding = false;
        })();
        while (feeding || loaded.length < IDLE_SAMPLES) loaded.push(await sample());
        await feed;
        await post(world, queue, [], [worker]); // what is left
        world.say(
          `latency: round ${round}: p50 idle ${figure(quantile(idle, 0.5))} ms; at ${figure(speed / 2)} events/s p50 ` +
            `${figure(quantile(loaded, 0.5))} ms, p99 ${figure(quantile(loaded, 0.99))} ms of ${loaded.length}`,
        );
        if (round > 0) figures.push([quantile(loaded, 0.99), quantile(idle, 0.5)]);
      }
    } finally {
      await queue.close();
    }
    return resultOf({ unit: 'ms', figures });
  },
});
