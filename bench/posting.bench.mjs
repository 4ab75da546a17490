// @ts-check
/**
 * Order events posted by the worker, beside raw mysql2 that writes the very same rows into copies of the tables: as many
 * connections, the same batches, one transaction each, multi-row statements. So the limit is the database alone.
 */
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import mysql from 'mysql2/promise';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../dist/shared/ids.js';
import { compare, runToEnd, startProcess } from './lib.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const EVENTS = Number(process.env.BENCH_EVENTS ?? 5000);
const BATCH = 200;
const WORKER_JOBS = 2;
const MERCHANTS = Array.from({ length: 200 }, () => newId('merchant'));
const WRITTEN = /** @type {const} */ (['journal', 'entry', 'reward']);

/** @typedef {import('mysql2/promise').RowDataPacket} Row */

const pool = mysql.createPool({
  uri: process.env.DATABASE_URL ?? '',
  connectionLimit: WORKER_JOBS + 1,
  supportBigNumbers: true,
  bigNumberStrings: true,
  timezone: 'Z',
});

await runToEnd('dist/migrate.js');
await makeRule();
for (const table of [...WRITTEN, 'order_event', 'account'])
  await pool.query(`CREATE TABLE bench_${table} LIKE ${table}`);
const redis = new Redis(process.env.REDIS_URL ?? '', { maxRetriesPerRequest: 1 });
const queue = new Queue('yinke', { connection: redis, prefix: '{yinke}' });
// The sweep stays out of it: what is measured is posting on announcement.
const worker = startProcess('dist/worker.js', {
  YINKE_WORKER_CONCURRENCY: String(WORKER_JOBS),
  YINKE_POST_BATCH_SIZE: String(BATCH),
  YINKE_SWEEP_SECONDS: '3600',
  YINKE_AUDIT_SECONDS: '86400',
  YINKE_WORKER_PORT: '',
});
try {
  await postByWorker(BATCH); // waits until the worker is up
  /** @type {Awaited<ReturnType<typeof rowsWritten>> | undefined} */
  let rows;
  await compare(
    [
      {
        name: 'posting an order event',
        unit: 'events/s',
        limitName: 'raw multi-row SQL',
        ours: () => postByWorker(EVENTS),
        limit: async () => writeRaw((rows ??= await rowsWritten(EVENTS))),
      },
    ],
    ROUNDS,
  );
} finally {
  await worker.stop();
  await queue.close();
  redis.disconnect();
  await pool.end();
}

/** Ten per cent of what was paid, at once, to everyone. */
async function makeRule() {
  const id = newId('rewardRule');
  const since = new Date('2020-01-01T00:00:00Z');
  const grants = JSON.stringify([{ asset: 'CNY', kind: 'percent', rateBps: 1000 }]);
  await pool.query('INSERT INTO reward_rule (id, created_at, changed_at) VALUES (?, ?, NOW(6))', [id, since]);
  await pool.query(
    `INSERT INTO reward_rule_version (rule_id, version, scope, posting, conditions, grant_terms, valid_from, created_at)
     VALUES (?, 1, '{}', 'direct', '{}', ?, ?, ?)`,
    [id, grants, since, since],
  );
}

/** Completed orders whose events wait, straight into the tables. @param {number} count */
async function completeOrders(count) {
  const now = new Date();
  const orders = Array.from({ length: count }, (_, i) => ({
    id: newId('order'),
    merchant: MERCHANTS[i % MERCHANTS.length],
  }));
  const events = orders.map(({ id }) => [newId('orderEvent'), id, 'order.completed', '', 'waiting', 'x', 0, now]);
  for (let from = 0; from < count; from += 1000) {
    await pool.query(
      `INSERT INTO shop_order (id, storefront_id, order_id, state, content_hash, currency, order_lines, lines_total, shipping, tax,
         merchant_id, attribution, placed_at, amount_paid, completed_at, merchant_state, merchant_wechat_id) VALUES ?`,
      [
        orders.slice(from, from + 1000).map(({ id, merchant }) => {
          const attribution = {
            merchantId: merchant,
            via: 'code',
            visitId: 'vis_bench',
            attributedAt: now,
            reason: 'A benchmark.',
          };
          const lines = [
            ['tea', 'drinks', 2, '1500', '3000'],
            ['cup', null, 1, '1999', '1999'],
          ];
          return [
            ...[id, 'sto_bench', id, 'completed', 'x', 'CNY', JSON.stringify(lines), 4999, 0, 0],
            ...[merchant, JSON.stringify(attribution), now, 4999, now, 'active', 'somebody'],
          ];
        }),
      ],
    );
    await pool.query(
      'INSERT INTO order_event (id, order_pk, type, refund_pk, state, payload_hash, attempts, created_at) VALUES ?',
      [events.slice(from, from + 1000)],
    );
  }
  return events.map(([id]) => String(id));
}

/** Events per second from the announcement until the last is posted. @param {number} count */
async function postByWorker(count) {
  const ids = await completeOrders(count);
  const begin = performance.now();
  await queue.addBulk(
    batches(ids).map((batch) => ({ name: 'rewards.post', data: { ids: batch }, opts: { removeOnComplete: true } })),
  );
  for (;;) {
    // By the index, since whoever counts every row takes the processor from what is measured.
    const [rows] = await pool.query("SELECT 1 FROM order_event WHERE state = 'waiting' LIMIT 1");
    if (/** @type {Row[]} */ (rows).length === 0) return (count * 1000) / (performance.now() - begin);
    worker.throwIfEnded();
    await sleep(5);
  }
}

/** What the worker has written for its last events, batch by batch. @param {number} count */
async function rowsWritten(count) {
  const [events] = /** @type {[Row[], unknown]} */ (
    await pool.query("SELECT * FROM order_event WHERE state = 'posted' ORDER BY id DESC LIMIT ?", [count])
  );
  return Promise.all(
    batches(events).map(async (batch) => {
      const journals = batch.map((event) => event.journal_id);
      const orders = batch.map((event) => event.order_pk);
      return {
        events: batch,
        journal: await select('SELECT * FROM journal WHERE id IN (?)', journals),
        entry: await select('SELECT * FROM entry WHERE journal_id IN (?)', journals),
        reward: await select('SELECT * FROM reward WHERE order_pk IN (?)', orders),
        account: await select(
          'SELECT * FROM account WHERE merchant_id IN (SELECT merchant_id FROM reward WHERE order_pk IN (?))',
          orders,
        ),
      };
    }),
  );
}

/** Events per second when the same rows are written without any of our code. @param {Awaited<ReturnType<typeof rowsWritten>>} work */
async function writeRaw(work) {
  for (const table of [...WRITTEN, 'order_event', 'account']) await pool.query(`TRUNCATE TABLE bench_${table}`);
  for (const { events } of work)
    await insert(
      pool,
      'order_event',
      events.map((event) => ({ ...event, state: 'waiting', journal_id: null })),
    );
  const left = [...work];
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: WORKER_JOBS }, async () => {
      const connection = await pool.getConnection();
      for (let batch = left.shift(); batch; batch = left.shift()) {
        await connection.beginTransaction();
        for (const table of WRITTEN) await insert(connection, table, batch[table]);
        await insert(
          connection,
          'account',
          batch.account,
          'ON DUPLICATE KEY UPDATE available = VALUES(available), version = VALUES(version)',
        );
        await connection.query("UPDATE bench_order_event SET state = 'posted', posted_at = NOW(6) WHERE id IN (?)", [
          batch.events.map((event) => event.id),
        ]);
        await connection.commit();
      }
      connection.release();
    }),
  );
  return (work.reduce((sum, { events }) => sum + events.length, 0) * 1000) / (performance.now() - begin);
}

/** @param {string} sql @param {unknown[]} ids @returns {Promise<Row[]>} */
async function select(sql, ids) {
  const [rows] = /** @type {[Row[], unknown]} */ (await pool.query(sql, [ids]));
  return rows;
}

/** @param {Pick<mysql.Connection, 'query'>} connection @param {string} table @param {Record<string, unknown>[]} rows @param {string} [suffix] */
async function insert(connection, table, rows, suffix = '') {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => Object.values(row));
  await connection.query(`INSERT INTO bench_${table} (${columns.join(',')}) VALUES ? ${suffix}`, [values]);
}

/** @template T @param {T[]} all @returns {T[][]} */
function batches(all) {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, i) => all.slice(i * BATCH, (i + 1) * BATCH));
}
