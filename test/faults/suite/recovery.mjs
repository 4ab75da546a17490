// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../../../scripts/lib/run.mjs';
import { compare } from './compare.mjs';

/** @typedef {import('./world.mjs').World} World */

/** Within this time after the end of a fault all must be well again, without help. */
export const LIMIT_MS = 60_000;
/** Then the run does not wait any longer. */
const GIVE_UP_MS = 180_000;
/** What a keyed call may take whose process died: its key is free again after 60 seconds. */
const UNANSWERED_MS = 100_000;
/** A payout whose worker died is taken up after its lease of 31 seconds; one that the bank did not answer is asked later and later. */
const PAYOUTS_MS = 120_000;

let probes = 0;

/** Waits until an order is rewarded as ever, and no event waits from before. @param {World} world @returns {Promise<number>} milliseconds */
export async function recovered(world) {
  const start = Date.now();
  const [{ at }] = await persist(world, () =>
    world.stores.query("SELECT DATE_FORMAT(NOW(6), '%Y-%m-%d %H:%i:%s.%f') AS at"),
  );
  const waits = async () => {
    const sql = "SELECT COUNT(*) AS n FROM order_event WHERE state = 'waiting' AND created_at < ?";
    return Number((await world.stores.query(sql, [at]))[0].n);
  };
  await probe(world);
  while ((await waits()) > 0) {
    if (Date.now() - start > GIVE_UP_MS) throw new Error(`not well after ${GIVE_UP_MS / 1000} s`);
    await sleep(50, undefined, { signal: world.signal });
  }
  return Date.now() - start;
}

/** An order is placed, completed, and its rewards are there. @param {World} world */
async function probe(world) {
  const { client, keys, model, merchants, storefront } = world;
  probes += 1;
  const id = `probe-${probes}`;
  const merchant = world.faultChance.one(merchants);
  /** @type {import('./model.mjs').ModelOrder} */
  const known = {
    merchant: merchant.id,
    paid: 1_000,
    placed: 'maybe',
    completed: 'unsent',
    cancelled: 'unsent',
    refunds: new Map(),
  };
  model.orders.set(id, known);
  const token = keys.sk;
  const lines = [{ sku: 'tea', quantity: 1, unitPrice: 1_000, lineTotal: 1_000 }];
  const attribution = { merchantCode: merchant.code, at: new Date().toISOString() };
  const body = { orderId: id, currency: 'CNY', attribution, lines };
  known.placed = (await client.insist({ path: '/v1/orders', token, body }, GIVE_UP_MS)).known;
  if (known.placed !== 'done') throw new Error(`a probe could not be placed: ${known.placed}`);
  known.completed = 'maybe';
  const completion = { path: `/v1/orders/${id}/complete`, token, body: { amountPaid: 1_000 } };
  known.completed = (await client.insist(completion, GIVE_UP_MS)).known;
  if (known.completed !== 'done') throw new Error(`a probe could not be completed: ${known.completed}`);
  const sql = `SELECT COUNT(*) AS n FROM reward JOIN shop_order ON shop_order.id = order_pk WHERE order_id = ? AND shop_order.storefront_id = ?`;
  for (const end = Date.now() + GIVE_UP_MS; ; await sleep(50, undefined, { signal: world.signal })) {
    const [{ n }] = await world.stores.query(sql, [id, storefront]);
    if (Number(n) === 3) return;
    if (Date.now() > end) throw new Error('a probe was not rewarded');
  }
}

/**
 * Lets everything come to rest, then looks at all of it: the client's books beside the service's, and every invariant.
 * @param {World} world @param {{ payouts: boolean }} wait also until every payout at the called bank has its outcome
 */
export async function quiet(world, { payouts }) {
  world.rest();
  world.bank.forget();
  const start = Date.now();
  await recovered(world);
  const { client, stores } = world;
  for (const end = Date.now() + UNANSWERED_MS; client.unanswered > 0 || client.busy > 0; await sleep(200)) {
    world.signal.throwIfAborted();
    if (Date.now() < end) continue;
    world.finding(`${client.unanswered} calls were still not answered after ${UNANSWERED_MS / 1000} s`);
    break;
  }
  await until(world, GIVE_UP_MS, 'order events still wait', async () => {
    const [{ n }] = await stores.query("SELECT COUNT(*) AS n FROM order_event WHERE state IN ('waiting', 'parked')");
    return Number(n) === 0;
  });
  const open =
    "SELECT COUNT(*) AS n FROM payout WHERE rail = 'http-bank' AND state IN ('submitting', 'unknown', 'accepted')";
  if (payouts)
    await until(
      world,
      PAYOUTS_MS,
      'payouts have no outcome',
      async () => Number((await stores.query(open))[0].n) === 0,
    );
  const tookMs = Date.now() - start;
  for (const difference of await compare(world)) world.finding(difference);
  const audit = await run(process.execPath, ['dist/audit.js'], { env: world.directEnv, signal: world.signal });
  if (audit.code !== 0)
    world.finding(
      `the audit: ${audit.output
        .split('\n')
        .filter((line) => !line.startsWith('ok'))
        .join('\n')}`,
    );
  for (const surprise of client.surprises.splice(0)) world.finding(`an answer: ${surprise}`);
  world.resume();
  return tookMs;
}

/** @param {World} world @param {number} ms @param {string} else_ @param {() => Promise<boolean>} condition */
async function until(world, ms, else_, condition) {
  for (const end = Date.now() + ms; !(await condition()); await sleep(200, undefined, { signal: world.signal })) {
    if (Date.now() < end) continue;
    world.finding(`${else_} after ${ms / 1000} s`);
    return;
  }
}

/** @template T @param {World} world @param {() => Promise<T>} what @returns {Promise<T>} */
async function persist(world, what) {
  for (const end = Date.now() + LIMIT_MS; ; await sleep(100, undefined, { signal: world.signal })) {
    try {
      return await what();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
