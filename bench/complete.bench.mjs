// @ts-check
/**
 * Purchases are complete: POST /v1/orders/{orderId}/complete, one call each over 32 connections, of orders placed before.
 * A completion that is answered is in the database with its event, on disk; the events are counted. No worker takes them.
 *
 * The limit (bench/limits/order-rows.mjs) is Fastify and a mysql2 pool: it validates nothing, and between BEGIN and COMMIT
 * sets the same columns and writes the same event, by prepared statements, with the same durability.
 */
import { benchmark } from './lib/benchmark.mjs';
import { PAID, startOrders } from './lib/orders.mjs';
import { compare, SECONDS } from './lib/rounds.mjs';

const ORDERS = Math.ceil(1000 * SECONDS);

export default benchmark({
  name: 'complete',
  what: 'POST /v1/orders/{orderId}/complete, one call each, durable, 32 connections',
  limit: 'bare Fastify + mysql2: the same rows, one transaction a call, no validation',
  goal: { atLeast: 1.5 },
  run: async (world) => {
    const { baseUrl, limitUrl, shop, newOrders } = await startOrders(world);
    const { headers } = shop.secret;
    const body = JSON.stringify({ amountPaid: PAID });
    /** Places orders, and then completes them; that alone is measured. @param {string} server */
    const complete = async (server) => {
      const orders = newOrders(ORDERS);
      const placing = orders.map((order) => ({ body: JSON.stringify(order) }));
      await world.load({ url: `${server}/v1/orders`, headers, requests: placing });
      const requests = orders.map(({ orderId }) => ({ path: `/v1/orders/${orderId}/complete`, body }));
      return world.load({ url: `${server}/v1/orders`, headers, status: 202, requests });
    };
    let completed = 0;
    /** @type {number[]} */
    const waits = [];
    const result = await compare({
      unit: 'orders/s',
      ours: async () => {
        const { perSecond, p50, answers } = await complete(baseUrl);
        waits.push(p50);
        completed += answers;
        return perSecond;
      },
      limit: async () => (await complete(limitUrl)).perSecond,
      say: world.say,
    });
    const events = await world.count('order_event');
    if (events !== completed + 1) throw new Error(`${completed} completions were answered and ${events - 1} are there`);
    return { ...result, detail: `${result.detail}; half of the calls within ${waits.at(-1)} ms` };
  },
});
