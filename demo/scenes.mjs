// @ts-check
/** What happens later: goods are exchanged, the bank sends a payment back, points expire. */
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { returnStatement } from './bank-answer.mjs';
import { ApiError } from './client.mjs';
import { replayOrders, Surprise } from './replay.mjs';
import { readSettled } from './settle.mjs';

/** @typedef {import('./plan.mjs').Plan} Plan */
/** @typedef {import('./payout.mjs').Payment} Payment */
/** @typedef {import('./world.mjs').Staff} Staff */

/**
 * @typedef {object} Sales
 * @property {ReadonlyMap<Plan, any>} settled
 * @property {readonly Payment[]} payments
 * @property {string} currency
 * @property {AbortSignal} signal
 */

/**
 * A shopper brings everything back after the merchant was paid, which leaves the merchant owing.
 * @param {Staff} staff
 * @param {Sales} sales
 * @param {string} [spared] a merchant to whom it does not happen
 * @returns {Promise<{ returned: Plan, orders: Map<Plan, any>, debt: bigint }>}
 */
export async function returnGoods(staff, { settled, payments, currency, signal }, spared) {
  const paid = new Set(
    payments.flatMap(({ payouts }) => payouts).flatMap((payout) => (payout.state === 'paid' ? payout.merchant : [])),
  );
  const found = [...settled]
    .filter(([plan, order]) => plan.completedAt && order.refunds.length === 0 && paid.has(plan.merchant?.id))
    .filter(([plan]) => plan.merchant?.id !== spared)
    .flatMap(([plan, order]) =>
      order.rewards
        .filter((/** @type {any} */ reward) => reward.asset === currency && reward.state === 'matured')
        .map((/** @type {any} */ reward) => ({ plan, granted: reward.granted })),
    )
    .sort((a, b) => b.granted - a.granted)[0];
  if (!found) throw new Surprise('no merchant who was paid has a matured reward');
  /** @type {Plan} */
  const returned = found.plan;
  const { order, shop, merchant } = returned;
  const path = `/v1/orders/${encodeURIComponent(order.orderId)}/refunds`;
  await shop.server.post(path, { refundId: `${order.orderId}-EX`, amount: Number(order.amount) });
  const orders = await readSettled([returned], signal);
  const debt = await owedBy(staff, merchant, currency);
  if (debt === 0n) throw new Surprise('a refund after the payout left nothing owed');
  return { returned, orders, debt };
}

/**
 * A shopper brings everything back, and takes the same again: the reward of the new order pays off first what the merchant owes.
 * @param {Staff} staff
 * @param {Sales} sales
 */
export async function exchangeGoods(staff, sales) {
  const { returned, orders, debt } = await returnGoods(staff, sales);
  const { order, merchant } = returned;
  /** @type {Plan} */
  const again = { ...returned, order: { ...order, orderId: `${order.orderId}-X` }, refund: null };
  await replayOrders([again], () => {});
  for (const [plan, read] of await readSettled([again], sales.signal)) orders.set(plan, read);
  const left = await owedBy(staff, merchant, sales.currency);
  if (left >= debt) throw new Surprise('the reward of the exchanged goods did not pay off what was owed');
  return { orders, again, merchant, debt, left };
}

/** @param {Staff} staff @param {import('./rules.mjs').Merchant | null} merchant @param {string} currency */
async function owedBy({ clients: { auditor } }, merchant, currency) {
  const { items } = await auditor.get(`/v1/merchants/${merchant?.id}/balances`);
  return -BigInt(items.find((/** @type {any} */ { asset }) => asset === currency)?.owed ?? 0);
}

/**
 * A week later the bank sends a payment back, since the account was closed. The money is held until somebody else than a
 * rule has looked at it, and lets it go.
 * @param {Staff} staff
 * @param {readonly Payment[]} payments
 * @param {string | undefined} spared a merchant who has enough to do
 */
export async function returnPayment({ clients: { maker, checker } }, payments, spared) {
  const batch = payments.find(({ file }) => file !== undefined);
  // The largest, so that it is the same one every time; which of those who waited equally long comes first is not.
  const sent = batch?.payouts
    .filter(({ state, merchant }) => state === 'paid' && merchant !== spared)
    .sort((a, b) => b.amount - a.amount)[0];
  if (!batch?.file || !sent) throw new Surprise('no payout of the file was paid');
  const statement = returnStatement(readFileSync(batch.file), sent.reference);
  writeFileSync(batch.file.replace(/\.xml$/, '-returned.xml'), statement, { mode: 0o600 });
  const { results } = await maker.upload('/v1/bank-reports', statement);
  if (results.applied !== 1) throw new Surprise('the bank’s statement does not match the payout');
  batch.payouts = await maker.all(`/v1/payout-batches/${sent.batch}/payouts`);
  const returned = batch.payouts.find(({ id }) => id === sent.id);

  const { items } = await checker.get(`/v1/holds?merchant=${sent.merchant}&state=open`);
  const hold = items.find((/** @type {any} */ { payout }) => payout === sent.id);
  if (hold?.remaining !== sent.amount) throw new Surprise('what came back is not held');
  await checker.post(`/v1/holds/${hold.id}/release`, { reason: 'The merchant has told us another account.' });
  return returned;
}

/**
 * A merchant uses a coupon that she earned: kept for an order, used, and not to be used again.
 * @param {import('./world.mjs').Shop} shop
 * @param {import('./rules.mjs').Merchant} merchant
 */
export async function useCoupon({ server, currency }, merchant) {
  const { items } = await server.get(`/v1/merchants/${merchant.id}/coupons?state=issued&limit=1`);
  if (items.length === 0) throw new Surprise(`${merchant.displayName} has no coupon`);
  const path = `/v1/coupons/${items[0].code}`;
  const lines = [{ sku: 'TEA-001', category: 'tea', quantity: 1, unitPrice: 2_800, lineTotal: 2_800 }];
  await server.post(`${path}/reserve`, { orderId: 'HER-OWN-TEA', currency, lines });
  const { discount } = await server.post(`${path}/redeem`, { orderId: 'HER-OWN-TEA' });
  try {
    await server.post(`${path}/reserve`, { orderId: 'ANOTHER-TEA', currency, lines });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
    return { discount };
  }
  throw new Surprise('a coupon was used twice');
}

/** Lots that expire in the demo. */
const LAPSING = 3;

/** Days that are left of the lots after those, so that the portal has something to warn of. */
const LAPSING_SOON = 12;

/** How long the worker may take to let points expire. */
const PATIENCE_MS = 60_000;

/**
 * A year goes by for the oldest points of a merchant, and nearly one for those after them: nobody can wait for that, so their
 * day is brought forward in the database. The worker lets the oldest expire.
 * @param {Staff} staff
 * @param {object} given
 * @param {import('./rules.mjs').Merchant} given.merchant
 * @param {string} given.databaseUrl
 * @param {AbortSignal} given.signal
 */
export async function expirePoints({ clients: { auditor } }, { merchant, databaseUrl, signal }) {
  const read = () => auditor.get(`/v1/merchants/${merchant.id}/points`);
  const before = await read();
  const db = await createConnection(databaseUrl);
  // Refunds have emptied the oldest lots of whoever had many.
  const update = (/** @type {string} */ expiresAt, /** @type {number} */ lots) =>
    db.query(
      `UPDATE points_lot SET expires_at = ${expiresAt} WHERE merchant_id = ? AND remaining > 0 ORDER BY expires_at, id LIMIT ?`,
      [merchant.id, lots],
    );
  // All of them first, so that the worker takes none before its day is said.
  await update(`NOW(6) + INTERVAL ${LAPSING_SOON} DAY`, 2 * LAPSING);
  await update('NOW(6)', LAPSING);
  await db.end();
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(250, undefined, { signal })) {
    const after = await read();
    if (after.available < before.available) {
      if (after.expiringSoon === 0) throw new Surprise('no points expire soon');
      const { available: left, expiringSoon: soon } = after;
      return { expired: before.available - left, left, soon };
    }
    if (Date.now() > end) throw new Surprise('points did not expire');
  }
}
