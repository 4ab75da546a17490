// @ts-check
/**
 * Fastify and a mysql2 pool that write the rows of an order as simply as it can be done: no schema, no tokens, no checks, one
 * transaction a call, prepared statements, the same durability and as many connections as the API has. A placed order is one
 * row, so its transaction is one statement; a completion is an UPDATE and its event, between BEGIN and COMMIT.
 *
 * @typedef {object} Plan
 * @property {Record<string, string | number | null>} order columns that are the same in every order
 * @property {Record<string, string | number | null>} event columns that are the same in every event
 * @property {Record<string, string | number | null>} completion columns that a completion sets
 * @property {object} placed what a placing answers
 * @property {object} completed what a completion answers
 */
import { once } from 'node:events';
import Fastify from 'fastify';
import mysql from 'mysql2/promise';

const [plan] = /** @type {[Plan]} */ (await once(process, 'message'));
const pool = mysql.createPool({
  uri: process.env.DATABASE_URL ?? '',
  connectionLimit: Number(process.env.DATABASE_POOL_SIZE ?? 20),
  timezone: 'Z',
});
let made = 0;
/** Ids as the program's: a prefix, and 26 letters that ascend. @param {string} prefix */
const nextId = (prefix) => `${prefix}_${String(Date.now())}${String(made++).padStart(13, '0')}`;

const orderColumns = Object.keys(plan.order);
const orderValues = Object.values(plan.order);
const place = `INSERT INTO bench_shop_order (id, order_id, order_lines, ${orderColumns.join(', ')})
  VALUES (?, ?, ?${', ?'.repeat(orderColumns.length)})`;
const completionColumns = Object.keys(plan.completion);
const completionValues = Object.values(plan.completion);
const complete = `UPDATE bench_shop_order SET ${completionColumns.map((column) => `${column} = ?`).join(', ')}
  WHERE storefront_id = ? AND order_id = ?`;
const eventColumns = Object.keys(plan.event);
const eventValues = Object.values(plan.event);
const note = `INSERT INTO bench_order_event (id, order_pk, ${eventColumns.join(', ')})
  SELECT ?, id${', ?'.repeat(eventColumns.length)} FROM bench_shop_order WHERE storefront_id = ? AND order_id = ?`;

const app = Fastify({ bodyLimit: 4_194_304 });
app.get('/', () => 'ready');
app.post('/v1/orders', async (request, reply) => {
  const { orderId, lines } = /** @type {{ orderId: string, lines: unknown }} */ (request.body);
  await pool.execute(place, [nextId('ord'), orderId, JSON.stringify(lines), ...orderValues]);
  return reply.status(201).send(plan.placed);
});
app.post('/v1/orders/:orderId/complete', async (request, reply) => {
  const { orderId } = /** @type {{ orderId: string }} */ (request.params);
  const { amountPaid } = /** @type {{ amountPaid: number }} */ (request.body);
  if (!(amountPaid > 0)) throw new Error('the body was not read');
  const storefrontId = plan.order.storefront_id ?? null;
  const connection = await pool.getConnection();
  try {
    await connection.query('BEGIN');
    const [updated] = await connection.execute(complete, [...completionValues, storefrontId, orderId]);
    if (/** @type {mysql.ResultSetHeader} */ (updated).affectedRows !== 1) throw new Error(`no order ${orderId}`);
    await connection.execute(note, [nextId('evt'), ...eventValues, storefrontId, orderId]);
    await connection.query('COMMIT');
  } finally {
    connection.release();
  }
  return reply.status(202).send(plan.completed);
});
await app.listen({ host: process.env.HOST, port: Number(process.env.PORT) });
