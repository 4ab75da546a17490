// @ts-check
/** What the benchmarks of orders have in common: a shop, the limit that writes the same rows, and orders to be sent. */
import { assertSameRows, emptyCopies, rowsWrittenBy } from './rows.mjs';
import { makeMerchants, openShop } from './shop.mjs';

const MERCHANTS = 10_000;
const VISITS = 200;
const LINES = [
  { sku: 'tea', category: 'drinks', quantity: 2, unitPrice: 1500, lineTotal: 3000 },
  { sku: 'cup', quantity: 1, unitPrice: 1999, lineTotal: 1999 },
];
export const PAID = 4999;

/**
 * An API without worker, and beside it Fastify with mysql2, which writes the rows that a first order and its completion
 * have left in the tables, into empty copies of these.
 * @param {import('./world.mjs').World} world
 */
export async function startOrders(world) {
  const merchants = await makeMerchants(world, MERCHANTS);
  const api = await world.startApi();
  const shop = await openShop(api.baseUrl);
  /** @type {string[]} */
  const visits = [];
  for (const { code } of merchants.slice(0, VISITS))
    visits.push((await shop.publishable.post('/v1/visits', { merchantCode: code })).visit);

  let made = 0;
  /** Orders of two lines, each with a visit, that nobody has sent yet. @param {number} count */
  const newOrders = (count) =>
    Array.from({ length: count }, () => {
      const n = made++;
      return { orderId: `order-${n}`, visit: visits[n % VISITS], currency: 'CNY', lines: LINES };
    });
  const limit = await startLimit(world, shop, newOrders(1)[0]);
  return { baseUrl: api.baseUrl, limitUrl: limit.baseUrl, shop, merchants, newOrders };
}

/** @param {import('./world.mjs').World} world @param {Awaited<ReturnType<typeof openShop>>} shop @param {any} order */
async function startLimit(world, { secret }, order) {
  /** @type {any} */
  let placed;
  /** @type {any} */
  let completed;
  const placing = await rowsWrittenBy(world, async () => (placed = await secret.post('/v1/orders', order)));
  assertSameRows(placing, { shop_order: 1 });
  const [before] = await world.query('SELECT * FROM shop_order');
  const path = `/v1/orders/${order.orderId}/complete`;
  const completing = await rowsWrittenBy(world, async () => {
    completed = await secret.post(path, { amountPaid: PAID });
  });
  assertSameRows(completing, { order_event: 1 });
  const [after] = await world.query('SELECT * FROM shop_order');
  const [event] = await world.query('SELECT * FROM order_event');
  if (!before || !after || !event) throw new Error('the first order left no rows');

  const changed = Object.keys(after).filter((column) => String(before[column]) !== String(after[column]));
  await emptyCopies(world, ['shop_order', 'order_event']);
  return world.startLimit('order-rows.mjs', {
    order: without(before, ['id', 'order_id', 'order_lines', 'created_at', 'changed_at']),
    event: without(event, ['id', 'order_pk', 'created_at']),
    completion: without(
      after,
      Object.keys(after).filter((column) => !changed.includes(column) || column === 'changed_at'),
    ),
    placed,
    completed,
  });
}

/** Columns and their values as they can be sent to another process. @param {Record<string, any>} row @param {string[]} columns */
function without(row, columns) {
  const rest = Object.entries(row).filter(([column]) => !columns.includes(column));
  return Object.fromEntries(rest.map(([column, value]) => [column, value instanceof Date ? asText(value) : value]));
}

/** @param {Date} moment */
const asText = (moment) => moment.toISOString().replace('T', ' ').replace('Z', '');
