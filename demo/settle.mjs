// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import pMap, { pMapSkip } from 'p-map';
import { Surprise } from './replay.mjs';

/** @typedef {import('./plan.mjs').Plan} Plan */

/** Readers at the same time. */
const READERS = 16;

/** How long nothing may move before the demo gives up: many sweeps of the worker. */
const PATIENCE_MS = 60_000;

/**
 * Reads orders until the worker has posted every event of them and matured what is due.
 * @param {readonly Plan[]} plans
 * @param {AbortSignal} signal
 * @param {() => void} [onSettled] an order is done
 * @returns {Promise<Map<Plan, any>>} the orders as the service tells them
 */
export async function readSettled(plans, signal, onSettled) {
  /** @type {Map<Plan, any>} */
  const settled = new Map();
  let waiting = [...plans];
  for (let moved = Date.now(); ;) {
    const look = async (/** @type {Plan} */ plan) => {
      const order = await plan.shop.server.get(`/v1/orders/${encodeURIComponent(plan.order.orderId)}`);
      if (!isSettled(order)) return plan;
      settled.set(plan, order);
      onSettled?.();
      return pMapSkip;
    };
    const unsettled = await pMap(waiting, look, { concurrency: READERS });
    if (unsettled.length === 0) return settled;
    if (unsettled.length < waiting.length) moved = Date.now();
    else if (Date.now() - moved > PATIENCE_MS) {
      throw new Error(
        `${unsettled.length} orders are still unposted or overdue, ${unsettled[0]?.order.orderId} for one`,
      );
    }
    waiting = unsettled;
    await sleep(250, undefined, { signal });
  }
}

/**
 * Whether nothing more will happen to an order by itself. Throws when an event of it was parked with an error.
 * @param {any} order as GET /v1/orders/{orderId} answers
 */
function isSettled({ orderId, events, rewards }) {
  const now = Date.now();
  for (const { state, reason } of events) {
    if (state === 'parked') throw new Surprise(`order ${orderId}: an event could not be posted: ${reason}`);
  }
  return (
    events.every((/** @type {any} */ { state }) => state === 'posted') &&
    rewards.every((/** @type {any} */ { state, matureAt }) => state !== 'pending' || Date.parse(matureAt) > now)
  );
}
