// @ts-check
/**
 * A shop places orders: POST /v1/orders, two lines and the token of a visit, one call each over 32 connections. An order that
 * is answered is in the database, on disk; they are counted.
 *
 * The limit (bench/limits/order-rows.mjs) is Fastify and a mysql2 pool: it validates nothing and writes the same row, one
 * transaction a call, one prepared statement, with the same durability. Which rows an order leaves is counted before.
 */
import { benchmark } from './lib/benchmark.mjs';
import { startOrders } from './lib/orders.mjs';
import { compare, SECONDS } from './lib/rounds.mjs';

const ORDERS = Math.ceil(1500 * SECONDS);

export default benchmark({
  name: 'place',
  what: 'POST /v1/orders, one call each, durable, 32 connections, 10,000 merchants',
  limit: 'bare Fastify + mysql2: the same row, one transaction a call, no validation',
  goal: { atLeast: 1.5 },
  run: async (world) => {
    const { baseUrl, limitUrl, shop, newOrders } = await startOrders(world);
    let sent = 0;
    const { headers } = shop.secret;
    /** @param {string} server */
    const place = async (server) => {
      const requests = newOrders(ORDERS).map((order) => ({ body: JSON.stringify(order) }));
      return world.load({ url: `${server}/v1/orders`, headers, requests });
    };
    /** @type {number[]} */
    const waits = [];
    const result = await compare({
      unit: 'orders/s',
      ours: async () => {
        const { perSecond, p50, answers } = await place(baseUrl);
        waits.push(p50);
        sent += answers;
        return perSecond;
      },
      limit: async () => (await place(limitUrl)).perSecond,
      say: world.say,
    });
    const written = await world.count('shop_order');
    if (written !== sent + 1) throw new Error(`${sent} orders were answered and ${written - 1} are there`);
    return { ...result, detail: `${result.detail}; half of the calls within ${waits.at(-1)} ms` };
  },
});
