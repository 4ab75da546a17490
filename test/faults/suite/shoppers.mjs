// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./chance.mjs').Chance} Chance */
/** @typedef {import('./model.mjs').ModelOrder} ModelOrder */

/** Amounts are multiples of this, so that ten per cent, and a point for each 1.00, are exact. */
const STEP = 1_000;
const ORDER_REFUSALS = ['order.wrong-state', 'order.already-completed', 'order.not-found'];
const REFUND_REFUSALS = ['refund.more-than-', 'order.wrong-state', 'order.not-found'];

/**
 * A storefront's server with one shopper after the other, until the run ends; it rests while the workload does.
 * @param {World} world @param {number} number
 */
export async function shop(world, number) {
  const chance = world.chance.fork(`shopper ${number}`);
  /** @type {{ quote: string, lines: object[], merchant: string | null, visit: string | null, total: number } | undefined} */
  let kept;
  for (let turn = 0; !world.over; turn += 1) {
    await world.turn();
    const id = `${number}-${turn}`;
    const basket = kept && chance.happens(0.3) ? kept : await fill(world, chance);
    if (!basket) continue;
    kept = basket;
    await order(world, chance, id, basket);
    if (chance.happens(0.12)) await redeem(world, chance, id);
    await sleep(chance.whole(5, world.pauseMs));
  }
}

/** A visit, mostly with a merchant's code, and a quote for some of them. @param {World} world @param {Chance} chance */
async function fill({ client, keys, model, merchants }, chance) {
  const merchant = chance.happens(0.85) ? chance.one(merchants) : null;
  const visited = await client.deliver(
    { path: '/v1/visits', token: keys.sk, body: merchant ? { merchantCode: merchant.code } : {} },
    ({ known, body }) => {
      if (known === 'done' && body?.recorded) model.visits.add(body.id);
    },
  );
  const visit = visited.body?.visit;
  if (!visit) return undefined;
  const lines = Array.from({ length: chance.whole(1, 3) }, (_, n) => ({
    sku: `sku-${n}-${chance.whole(1, 5)}`,
    quantity: chance.whole(1, 3),
    unitPrice: STEP * chance.whole(1, 20),
  }));
  const base = { merchant: merchant?.id ?? null, visit };
  if (chance.happens(0.5)) {
    const body = { visit, currency: 'CNY', lines };
    const quoted = await client.deliver({ path: '/v1/quotes', token: keys.sk, body }, () => undefined);
    if (!quoted.body) return undefined;
    const priced = quoted.body.lines.map((/** @type {any} */ { sku, quantity, unitPrice, lineTotal }) => {
      return { sku, quantity, unitPrice, lineTotal };
    });
    return { ...base, quote: quoted.body.quote, lines: priced, total: quoted.body.total };
  }
  const priced = lines.map((line) => ({ ...line, lineTotal: line.quantity * line.unitPrice }));
  return { ...base, quote: '', lines: priced, total: priced.reduce((sum, line) => sum + line.lineTotal, 0) };
}

/** @param {World} world @param {Chance} chance @param {string} id @param {any} basket */
async function order(world, chance, id, { merchant, visit, quote, lines, total }) {
  const { client, keys, model } = world;
  /** @type {ModelOrder} */
  const known = {
    merchant,
    paid: total,
    placed: 'maybe',
    completed: 'unsent',
    cancelled: 'unsent',
    refunds: new Map(),
  };
  model.orders.set(id, known);
  const path = `/v1/orders/${id}`;
  const key = () => (chance.happens(0.3) ? `${id}-${chance.whole(0, 1e9)}` : undefined);
  const place = () =>
    client.deliver(
      {
        path: '/v1/orders',
        token: keys.sk,
        key: key(),
        body: { orderId: id, currency: 'CNY', visit, ...(quote && { quote }), lines },
      },
      (result) => (known.placed = result.known),
    );
  const complete = () => {
    known.completed = 'maybe';
    const call = { path: `${path}/complete`, token: keys.sk, key: key(), body: { amountPaid: total } };
    return client.deliver({ ...call, mayBeRefused: ORDER_REFUSALS }, (result) => {
      known.completed = result.known;
      known.refusal = result.code;
    });
  };
  const cancel = () => {
    known.cancelled = 'maybe';
    return client.deliver(
      { path: `${path}/cancel`, token: keys.sk, key: key(), mayBeRefused: ORDER_REFUSALS },
      (result) => (known.cancelled = result.known),
    );
  };
  /** @param {number} n @param {number} amount */
  const refund = (n, amount) => {
    const refundId = `${id}-r${n}`;
    const one = { amount, known: /** @type {import('./model.mjs').Known} */ ('maybe') };
    known.refunds.set(refundId, one);
    return client.deliver(
      {
        path: `${path}/refunds`,
        token: keys.sk,
        key: key(),
        body: { refundId, amount },
        mayBeRefused: REFUND_REFUSALS,
      },
      (result) => (one.known = result.known),
    );
  };

  // What comes after is sent at the same time by some, and may arrive before it.
  const hasty = chance.happens(0.05);
  const placing = place();
  if (!hasty && (await placing).known !== 'done') return;
  const end = chance.number();
  const share = (/** @type {number} */ most) => Math.max(100, Math.floor((total * chance.number() * most) / 100) * 100);
  if (end < 0.06) await cancel();
  else if (end < 0.1) await Promise.all([complete(), cancel()]);
  else if (end < 0.14) await Promise.all([complete(), refund(0, share(0.6))]);
  else if (end < 0.97) {
    if ((await complete()).known === 'done' && chance.happens(0.25))
      for (let n = 1; n <= chance.whole(1, 3); n += 1) await refund(n, share(0.7));
  }
  await placing;
}

/** @param {World} world @param {Chance} chance @param {string} id */
async function redeem({ client, keys, model, merchants, couponAsset }, chance, id) {
  const merchant = chance.one(merchants).id;
  const asset = chance.happens(0.7) ? 'POINTS' : couponAsset;
  const amount = asset === 'POINTS' ? chance.whole(1, 50) : 1;
  const redemption = { merchant, asset, amount, known: /** @type {import('./model.mjs').Known} */ ('maybe') };
  model.redemptions.set(id, redemption);
  await client.deliver(
    {
      path: `/v1/merchants/${merchant}/redemptions`,
      token: keys.sk,
      body: { redemptionId: id, asset, amount },
      mayBeRefused: ['ledger.insufficient-funds'],
    },
    (result) => (redemption.known = result.known),
  );
}
