// @ts-check
/**
 * Books of any size in minutes: one order goes through the program, and is then multiplied in SQL with ids, numbers and
 * balances of its own. So the rows have the shape that the program gives them, and the audit finds them clean.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { firstIdAt } from '../../dist/shared/ids.js';
import { completeOrders, openQueue, post } from './posting.mjs';
import { insert } from './rows.mjs';

const CHUNK = 10_000;
/** What is filled in lies between these many milliseconds ago. */
const FIRST_MS = 300 * 86_400_000;
const LAST_MS = 3_600_000;

/** A worker that does what waits at once, however long that takes, and says nothing of it. */
export const BUSY = { YINKE_SWEEP_SECONDS: '1', YINKE_LOG_LEVEL: 'silent' };

/** @typedef {import('./world.mjs').World} World */

/**
 * What is needed to multiply: the rows of one order of a merchant who gets no other.
 * @param {World} world
 * @param {{ merchants: readonly { id: string, wechatId: string }[], storefrontId: string }} books
 */
export async function prepareFilling(world, { merchants, storefrontId }) {
  const [first, ...others] = merchants;
  if (!first) throw new Error('there are no merchants');
  const worker = await world.startWorker();
  const queue = openQueue(world);
  const [eventId] = await completeOrders(world, storefrontId, [first]);
  await post(world, queue, [String(eventId)], [worker]);
  await queue.close();
  await worker.stop();
  const one = async (/** @type {string} */ table) => {
    const [row] = await world.query(`SELECT * FROM ${table}`);
    if (!row) throw new Error(`the first order left nothing in ${table}`);
    return row;
  };
  const entries = await world.query('SELECT * FROM entry ORDER BY line');
  if (entries.length !== 2) throw new Error(`an order makes ${entries.length} entries and not 2: mend the filling`);
  await world.pool.query('CREATE TABLE bench_number (n INT PRIMARY KEY)');
  await insert(
    world.pool,
    'bench_number',
    Array.from({ length: CHUNK }, (_, n) => ({ n })),
  );
  return {
    merchant: first,
    others,
    filled: 0,
    order: await one('shop_order'),
    event: await one('order_event'),
    reward: await one('reward'),
    journal: await one('journal'),
    entries,
  };
}

/** @typedef {Awaited<ReturnType<typeof prepareFilling>>} Template */

/**
 * So many posted orders more, of these merchants in turn, evenly over 300 days, or from so many milliseconds ago.
 * @param {World} world
 * @param {Template} template
 * @param {number} orders
 * @param {readonly { id: string, wechatId: string }[]} [merchants]
 * @param {{ firstMs: number, lastMs: number }} [ago]
 */
export async function fillBooks(
  world,
  template,
  orders,
  merchants = template.others,
  { firstMs, lastMs } = { firstMs: FIRST_MS, lastMs: LAST_MS },
) {
  const { pool } = world;
  const amount = BigInt(template.reward.granted);
  await pool.query('DROP TABLE IF EXISTS bench_merchant');
  await pool.query(
    `CREATE TABLE bench_merchant (k INT PRIMARY KEY, id VARCHAR(40) NOT NULL, wechat_id VARCHAR(64) NOT NULL,
       version BIGINT NOT NULL DEFAULT 0, available BIGINT NOT NULL DEFAULT 0) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin`,
  );
  await insert(
    pool,
    'bench_merchant',
    merchants.map(({ id, wechatId }, k) => ({ k, id, wechat_id: wechatId })),
  );
  await pool.query(
    `UPDATE bench_merchant m JOIN account a ON a.merchant_id = m.id AND a.asset = 'CNY'
        SET m.version = a.version, m.available = a.available`,
  );
  // Ids begin with their moment; the number of the order makes the rest.
  const begin = new Date(Date.now() - firstMs);
  const span = firstMs - lastMs;
  const id = (/** @type {Parameters<typeof firstIdAt>[0]} */ kind) =>
    `CONCAT('${firstIdAt(kind, begin).slice(0, -16)}', LPAD(${template.filled} + n, 16, '0'))`;
  const at = `TIMESTAMPADD(MICROSECOND, FLOOR(n * ${(span * 1000) / orders}), '${begin.toISOString().slice(0, 23).replace('T', ' ')}')`;
  const seq = `version + 1 + n DIV ${merchants.length}`;
  const own = (/** @type {string} */ column, /** @type {string} */ from, /** @type {string} */ to) =>
    `REPLACE(${pool.escape(column)}, ${pool.escape(from)}, ${to})`;
  const { order, event, reward, journal, entries } = template;
  const [earned, cost] = /** @type {[any, any]} */ (entries);

  const moments = { created_at: at, changed_at: at, placed_at: at, completed_at: at };
  const statements = [
    multiplied(pool, 'shop_order', order, {
      ...moments,
      id: id('order'),
      order_id: id('order'),
      merchant_id: 'id',
      merchant_wechat_id: 'wechat_id',
      attribution: own(order.attribution, template.merchant.id, 'id'),
    }),
    multiplied(pool, 'order_event', event, {
      id: id('orderEvent'),
      order_pk: id('order'),
      journal_id: id('journal'),
      created_at: at,
      posted_at: at,
    }),
    multiplied(pool, 'reward', reward, {
      id: id('reward'),
      merchant_id: 'id',
      order_pk: id('order'),
      created_at: at,
      ...(reward.mature_at === null ? {} : { mature_at: at }),
    }),
    multiplied(pool, 'journal', journal, {
      id: id('journal'),
      business_key: own(journal.business_key, event.id, id('orderEvent')),
      description: own(journal.description, order.order_id, id('order')),
      cause_id: id('orderEvent'),
      occurred_at: at,
      posted_at: at,
    }),
    multiplied(pool, 'entry', earned, {
      journal_id: id('journal'),
      owner: 'id',
      seq,
      balance_after: `available + ${amount} * (1 + n DIV ${merchants.length})`,
      reward_id: id('reward'),
    }),
    multiplied(pool, 'entry', cost, { journal_id: id('journal'), reward_id: id('reward') }),
  ];
  for (let from = 0; from < orders; from += CHUNK) {
    const connection = await pool.getConnection();
    await connection.beginTransaction();
    for (const statement of statements)
      await connection.query(statement, [from, merchants.length, Math.min(CHUNK, orders - from)]);
    await connection.commit();
    connection.release();
    if ((from / CHUNK) % 10 === 9) world.say(`${(from + CHUNK).toLocaleString('en')} orders are there`);
  }
  await pool.query(
    `INSERT INTO account (merchant_id, asset, available, version, available_since)
       SELECT id, 'CNY', available + ${amount} * many, version + many, NOW(6) FROM
         (SELECT m.*, (? - 1 - k) DIV ? + 1 many FROM bench_merchant m WHERE k < ?) counted
     ON DUPLICATE KEY UPDATE available = VALUES(available), version = VALUES(version)`,
    [orders, merchants.length, orders],
  );
  template.filled += orders;
  await analyse(world);
}

/** Brings the statistics up to date that the database plans by. @param {World} world */
async function analyse({ pool }) {
  for (const table of ['shop_order', 'order_event', 'reward', 'journal', 'entry', 'account'])
    await pool.query(`ANALYZE TABLE ${table}`);
}

/**
 * The statement that multiplies a row: columns are as in the template, or as the expression says. Within it, n is the number
 * of the order, and id, wechat_id, version and available are the merchant's.
 * @param {World['pool']} pool
 * @param {string} table
 * @param {Record<string, unknown>} row
 * @param {Record<string, string>} expressions
 */
function multiplied(pool, table, row, expressions) {
  const columns = Object.keys(row);
  const values = columns.map((column) => expressions[column] ?? pool.escape(/** @type {string} */ (row[column])));
  return `INSERT INTO ${table} (${columns.join(', ')})
    SELECT ${values.join(', ')} FROM (SELECT i.n + ? n FROM bench_number i) numbers
      JOIN bench_merchant m ON m.k = numbers.n % ? ORDER BY n LIMIT ?`;
}

/**
 * The chain of journals over all that there is, from its beginning, by a worker as always.
 * @param {World} world
 */
export async function sealAll(world) {
  await world.pool.query('TRUNCATE TABLE journal_seal');
  await world.pool.query(
    "UPDATE seal_head SET position = 0, seal = REPEAT('0', 64), sealed_until = '1970-01-01', sealed_journal_id = ''",
  );
  await sealRest(world);
}

/** What is not in the chain yet. @param {World} world */
export async function sealRest(world) {
  const worker = await world.startWorker({ ...BUSY, YINKE_SEAL_AFTER_SECONDS: '1' });
  const journals = await world.count('journal');
  for (;;) {
    const [head] = await world.query('SELECT position FROM seal_head');
    if (Number(head?.position) >= journals) break;
    worker.throwIfEnded();
    await sleep(200);
  }
  await worker.stop();
}

/**
 * The figures of all days, counted by a worker as always.
 * @param {World} world
 */
export async function countFigures(world) {
  await world.pool.query('DELETE FROM count_mark');
  const worker = await world.startWorker(BUSY);
  for (;;) {
    const [state] = await world.query(
      'SELECT (SELECT COUNT(*) FROM count_mark) marks, (SELECT COUNT(*) FROM day_to_count) days',
    );
    if (Number(state?.marks) > 0 && Number(state?.days) === 0) break;
    worker.throwIfEnded();
    await sleep(200);
  }
  await worker.stop();
}
