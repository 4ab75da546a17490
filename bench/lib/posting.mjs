// @ts-check
/** Posting as workers do it, told by BullMQ: what benchmarks of it have in common. */
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../dist/shared/ids.js';
import { emptyCopies, inBatches, insert } from './rows.mjs';
import { makeMerchants, makeRewardRule, SINCE } from './shop.mjs';

/** Events of one job and one transaction, as the API and the worker have it. */
export const BATCH = 200;
/** Batches that a worker posts at once, as it is set when nobody says otherwise. */
const AT_ONCE = 2;
/** Tables that a batch inserts into; besides, it moves accounts and settles its events. */
const INSERTED = /** @type {const} */ (['journal', 'entry', 'reward']);
const WRITTEN = [...INSERTED, 'order_event', 'account'];

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./world.mjs').Row} Row */

/**
 * Merchants, a rule that gives each ten per cent at once, and a storefront.
 * @param {World} world
 * @param {number} count
 */
export async function makeBooks(world, count) {
  const merchants = await makeMerchants(world, count);
  await makeRewardRule(world);
  const storefrontId = newId('storefront');
  await insert(world.pool, 'storefront', [
    {
      ...{ id: storefrontId, name: 'Bench', currency: 'CNY', home_url: 'https://shop.example/', origins: '[]' },
      ...{ code_parameter: 'm', attribution_window_days: 30, touch: 'last', created_at: SINCE, updated_at: SINCE },
    },
  ]);
  return { merchants, storefrontId };
}

/**
 * The queue that workers listen to, from the API's end.
 * @param {World} world
 */
export function openQueue({ env }) {
  const redis = new Redis(env.REDIS_URL ?? '', { maxRetriesPerRequest: 1 });
  const queue = new Queue('yinke-posting', { connection: redis, prefix: env.YINKE_QUEUE_PREFIX });
  return {
    /** @param {readonly string[]} ids of events */
    announce: (ids) =>
      queue.addBulk(
        inBatches(ids, BATCH).map((batch) => {
          return { name: 'rewards.post', data: { ids: batch }, opts: { removeOnComplete: true } };
        }),
      ),
    close: async () => {
      await queue.close();
      redis.disconnect();
    },
  };
}

/**
 * Orders that are complete, whose events wait, straight into the tables as the API writes them.
 * @param {World} world
 * @param {string} storefrontId
 * @param {readonly { id: string, wechatId: string }[]} merchants one for each order
 */
export async function completeOrders({ pool }, storefrontId, merchants) {
  const now = new Date();
  const lines = JSON.stringify([
    ['tea', 'drinks', 2, '1500', '3000'],
    ['cup', null, 1, '1999', '1999'],
  ]);
  const orders = merchants.map((merchant) => ({ id: newId('order'), merchant }));
  const events = orders.map(({ id }) => ({ id: newId('orderEvent'), order_pk: id }));
  await insert(
    pool,
    'shop_order',
    orders.map(({ id, merchant }) => {
      const said = { via: 'code', visitId: 'vis_bench', attributedAt: now, reason: 'A benchmark.' };
      return {
        ...{ id, storefront_id: storefrontId, order_id: id, state: 'completed', content_hash: 'x', currency: 'CNY' },
        ...{ order_lines: lines, lines_total: 4999, shipping: 0, tax: 0, merchant_id: merchant.id },
        ...{ attribution: JSON.stringify({ merchantId: merchant.id, ...said }), placed_at: now, amount_paid: 4999 },
        ...{ completed_at: now, merchant_state: 'active', merchant_wechat_id: merchant.wechatId },
      };
    }),
  );
  await insert(
    pool,
    'order_event',
    events.map((event) => ({
      ...event,
      ...{ type: 'order.completed', refund_pk: '', state: 'waiting', payload_hash: 'x', attempts: 0, created_at: now },
    })),
  );
  return events.map(({ id }) => id);
}

/**
 * Events a second, from the announcement until the last one is posted.
 * @param {World} world
 * @param {ReturnType<typeof openQueue>} queue
 * @param {readonly string[]} ids
 * @param {readonly { throwIfEnded: () => void }[]} workers
 */
export async function post(world, queue, ids, workers) {
  const begin = performance.now();
  await queue.announce(ids);
  for (;;) {
    // By the index, since whoever counts every row takes the processor from what is measured.
    const waiting = await world.query("SELECT 1 FROM order_event WHERE state = 'waiting' LIMIT 1");
    if (waiting.length === 0) return (ids.length * 1000) / (performance.now() - begin);
    for (const worker of workers) worker.throwIfEnded();
    await sleep(5);
  }
}

/**
 * What the worker wrote for these events, batch by batch, and empty copies of the tables.
 * @param {World} world
 * @param {readonly string[]} ids
 */
export async function rowsOf(world, ids) {
  await emptyCopies(world, WRITTEN);
  return Promise.all(
    inBatches(ids, BATCH).map(async (batch) => {
      const events = await world.query("SELECT * FROM order_event WHERE state = 'posted' AND id IN (?)", [batch]);
      const journals = events.map((event) => event.journal_id);
      const orders = events.map((event) => event.order_pk);
      const [journal, entry, reward, account] = await Promise.all([
        world.query('SELECT * FROM journal WHERE id IN (?)', [journals]),
        world.query('SELECT * FROM entry WHERE journal_id IN (?)', [journals]),
        world.query('SELECT * FROM reward WHERE order_pk IN (?)', [orders]),
        world.query(
          'SELECT * FROM account WHERE merchant_id IN (SELECT merchant_id FROM reward WHERE order_pk IN (?))',
          [orders],
        ),
      ]);
      return { events, journal, entry, reward, account };
    }),
  );
}

/**
 * Events a second when the same rows are written without any code of the program: as many connections as the worker has
 * batches at once, one transaction for each batch, multi-row statements, the same keys and durability.
 * @param {World} world
 * @param {Awaited<ReturnType<typeof rowsOf>>} work
 */
export async function writeRaw(world, work) {
  await emptyCopies(world, WRITTEN);
  const waiting = work.flatMap(({ events }) =>
    events.map((event) => ({ ...event, state: 'waiting', journal_id: null })),
  );
  await insert(world.pool, 'bench_order_event', waiting);
  const left = [...work];
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const connection = await world.pool.getConnection();
      for (let batch = left.shift(); batch; batch = left.shift()) {
        await connection.beginTransaction();
        for (const table of INSERTED) await insert(connection, `bench_${table}`, batch[table]);
        const balances = 'ON DUPLICATE KEY UPDATE available = VALUES(available), version = VALUES(version)';
        await insert(connection, 'bench_account', batch.account, balances);
        await connection.query("UPDATE bench_order_event SET state = 'posted', posted_at = NOW(6) WHERE id IN (?)", [
          batch.events.map((event) => event.id),
        ]);
        await connection.commit();
      }
      connection.release();
    }),
  );
  return (waiting.length * 1000) / (performance.now() - begin);
}
