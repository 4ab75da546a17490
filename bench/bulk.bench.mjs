// @ts-check
/**
 * A shop sends its history: POST /v1/orders/bulk, NDJSON, each line an order of two lines with the token of a visit, and its
 * completion. Every line has to be taken.
 *
 * The limit is mysql2 alone, which inserts the rows that the import has left (read back from the tables) into copies of them,
 * by multi-row statements: 200 orders and their events in a transaction, on one connection, as the import does.
 */
import { benchmark } from './lib/benchmark.mjs';
import { PAID, startOrders } from './lib/orders.mjs';
import { compare, ROUNDS, SECONDS } from './lib/rounds.mjs';
import { assertSameRows, emptyCopies, inBatches, insert, rowsWrittenBy } from './lib/rows.mjs';

const BATCH = 200;
const LARGE = 100_000;

export default benchmark({
  name: 'bulk',
  what: `POST /v1/orders/bulk, orders with their completion (--large: ${LARGE.toLocaleString('en')} of them)`,
  limit: 'mysql2: multi-row inserts of the same rows, 200 orders in a transaction',
  goal: { atLeast: 0.5 },
  run: async (world) => {
    const count = world.size(6000 * SECONDS, LARGE);
    const { shop, newOrders } = await startOrders(world);
    /** @param {{ orderId: string }[]} orders */
    const send = async (orders) => {
      const lines = orders.map((order) => `${JSON.stringify({ order, complete: { amountPaid: PAID } })}\n`);
      const begin = performance.now();
      const answer = await shop.secret.post('/v1/orders/bulk', lines.join(''), 'application/x-ndjson');
      const seconds = (performance.now() - begin) / 1000;
      const refused = String(answer).trimEnd().split('\n').find((line) => JSON.parse(line).status !== 202); // prettier-ignore
      if (refused) throw new Error(`a line was refused: ${refused}`);
      return orders.length / seconds;
    };
    assertSameRows(await rowsWrittenBy(world, () => send(newOrders(BATCH))), { shop_order: BATCH, order_event: BATCH });

    /** @type {Record<string, unknown>[]} */
    let orderRows = [];
    /** @type {Record<string, unknown>[]} */
    let eventRows = [];
    return compare({
      unit: 'orders/s',
      rounds: world.large ? Math.min(2, ROUNDS) : ROUNDS,
      ours: async () => {
        const perSecond = await send(newOrders(count));
        orderRows = await world.query('SELECT * FROM shop_order ORDER BY id DESC LIMIT ?', [count]);
        eventRows = await world.query('SELECT * FROM order_event ORDER BY id DESC LIMIT ?', [count]);
        return perSecond;
      },
      limit: async () => {
        await emptyCopies(world, ['shop_order', 'order_event']);
        const batches = inBatches(orderRows.reverse(), BATCH);
        const events = inBatches(eventRows.reverse(), BATCH);
        const connection = await world.pool.getConnection();
        const begin = performance.now();
        for (const [at, batch] of batches.entries()) {
          await connection.beginTransaction();
          await insert(connection, 'bench_shop_order', batch);
          await insert(connection, 'bench_order_event', events[at] ?? []);
          await connection.commit();
        }
        const seconds = (performance.now() - begin) / 1000;
        connection.release();
        return count / seconds;
      },
      say: world.say,
    });
  },
});
