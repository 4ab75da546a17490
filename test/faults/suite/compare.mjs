// @ts-check

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./model.mjs').Known} Known */

/** Payouts whose money has left a merchant's balance. */
const GONE = ['submitting', 'accepted', 'unknown', 'paid'];

/**
 * The client's books beside those of the service, once nothing moves. What was acknowledged is there once, what was refused
 * or never sent is not, what was never answered is there as a whole or not at all; and of every merchant's money the same sum is
 * earned, kept, and paid out by the banks.
 * @param {World} world @returns {Promise<string[]>} differences
 */
export async function compare(world) {
  const { stores, model, storefront, merchants, couponAsset } = world;
  /** @type {string[]} */
  const wrong = [];
  /** @param {string} what @param {Known} known @param {boolean} isThere */
  const agree = (what, known, isThere) => {
    if (known === 'done' && !isThere) wrong.push(`lost: ${what} was acknowledged and is not there`);
    if ((known === 'refused' || known === 'unsent') && isThere) wrong.push(`${what} is there, and was ${known}`);
  };

  const orders = new Map(
    (await stores.query('SELECT * FROM shop_order WHERE storefront_id = ?', [storefront])).map((row) => [
      row.order_id,
      row,
    ]),
  );
  /** @type {Map<string, Map<string, any>>} */
  const refunds = new Map();
  for (const row of await stores.query('SELECT * FROM refund WHERE storefront_id = ?', [storefront])) {
    const ofOrder = refunds.get(row.order_pk) ?? new Map();
    refunds.set(row.order_pk, ofOrder.set(row.refund_id, row));
  }
  /** @type {Map<string, any[]>} */
  const rewards = new Map();
  for (const row of await stores.query('SELECT order_pk, asset, granted, voided, clawed_back FROM reward'))
    rewards.set(row.order_pk, [...(rewards.get(row.order_pk) ?? []), row]);

  /** By merchant and asset. @type {Map<string, number>} */
  const earned = new Map();
  const earn = (/** @type {string} */ merchant, /** @type {string} */ asset, /** @type {number} */ amount) =>
    earned.set(`${merchant} ${asset}`, (earned.get(`${merchant} ${asset}`) ?? 0) + amount);

  for (const [id, known] of model.orders) {
    const row = orders.get(id);
    agree(`order ${id}`, known.placed, row !== undefined);
    const completed = row?.state === 'completed';
    agree(
      `completion of ${id}, which is ${row?.state}, (${known.refusal ?? 'no refusal'})`,
      known.completed,
      completed,
    );
    agree(`cancellation of ${id}, which is ${row?.state},`, known.cancelled, row?.state === 'cancelled');
    if (!row) continue;
    if ((row.merchant_id ?? null) !== known.merchant) wrong.push(`order ${id} has the merchant ${row.merchant_id}`);
    if (completed && Number(row.amount_paid) !== known.paid) wrong.push(`order ${id}: ${row.amount_paid} was paid`);
    const ofOrder = refunds.get(row.id) ?? new Map();
    let refunded = 0;
    for (const [refundId, { amount, known: refund }] of known.refunds) {
      const there = ofOrder.get(refundId);
      agree(`refund ${refundId}`, refund, there !== undefined);
      if (there && Number(there.amount) !== amount) wrong.push(`refund ${refundId} has another amount`);
      if (there) refunded += amount;
    }
    for (const refundId of ofOrder.keys())
      if (!known.refunds.has(refundId)) wrong.push(`refund ${refundId} is there, and nobody asked for it`);

    const left = completed && known.merchant ? known.paid - refunded : 0;
    const expected = new Map([
      ['CNY', left / 10],
      ['POINTS', left / 100],
      [couponAsset, left > 0 && refunded * 2 < known.paid ? 1 : 0],
    ]);
    for (const [asset, amount] of expected) {
      const found = (rewards.get(row.id) ?? []).filter((reward) => reward.asset === asset);
      const sum = found.reduce((n, one) => n + Number(one.granted) - Number(one.voided) - Number(one.clawed_back), 0);
      if (found.length > 1) wrong.push(`doubled: order ${id} has ${found.length} rewards in ${asset}`);
      if (sum !== amount) wrong.push(`order ${id} earned ${sum} ${asset} and not ${amount}`);
      if (known.merchant) earn(known.merchant, asset, amount);
    }
  }
  for (const id of orders.keys()) if (!model.orders.has(id)) wrong.push(`order ${id} is there, and nobody placed it`);

  const redemptions = new Map(
    (await stores.query('SELECT * FROM redemption WHERE storefront_id = ?', [storefront])).map((row) => [
      row.redemption_id,
      row,
    ]),
  );
  for (const [id, { merchant, asset, amount, known }] of model.redemptions) {
    const row = redemptions.get(id);
    agree(`redemption ${id}`, known, row !== undefined);
    if (row && (row.merchant_id !== merchant || row.asset !== asset || Number(row.amount) !== amount))
      wrong.push(`redemption ${id} is of something else`);
    if (row) earn(merchant, asset, -amount);
  }

  const visits = [...model.visits];
  for (let from = 0; from < visits.length; from += 5_000) {
    const some = visits.slice(from, from + 5_000);
    const [row] = await stores.query('SELECT COUNT(*) AS n FROM visit WHERE id IN (?)', [some]);
    if (Number(row.n) !== some.length)
      wrong.push(`lost: ${some.length - Number(row.n)} visits that were said to be recorded`);
  }
  wrong.push(...(await comparePayouts(world, earned)));

  const accounts = await stores.query(
    'SELECT merchant_id, asset, pending + available + reserved + held + owed AS total FROM account',
  );
  const totals = new Map(accounts.map((row) => [`${row.merchant_id} ${row.asset}`, Number(row.total)]));
  for (const { id } of merchants)
    for (const asset of ['CNY', 'POINTS', couponAsset]) {
      const [kept, due] = [totals.get(`${id} ${asset}`) ?? 0, earned.get(`${id} ${asset}`) ?? 0];
      if (kept !== due) wrong.push(`${id} has ${kept} ${asset} and not ${due}`);
    }
  return wrong;
}

/** Batches, and each payout beside what its bank did; what has left is taken off `earned`. */
async function comparePayouts(/** @type {World} */ world, /** @type {Map<string, number>} */ earned) {
  const { stores, model, bank } = world;
  /** @type {string[]} */
  const wrong = [];
  const batches = new Set((await stores.query('SELECT id FROM payout_batch')).map(({ id }) => id));
  const drafts = [...model.drafts.values()];
  const count = (/** @type {Known} */ known) => drafts.filter((one) => one.known === known).length;
  for (const { known, id } of drafts)
    if (known === 'done' && id && !batches.has(id)) wrong.push(`lost: batch ${id} was acknowledged and is not there`);
  if (batches.size < count('done') || batches.size > count('done') + count('maybe'))
    wrong.push(`${batches.size} batches, of ${count('done')} acknowledged and ${count('maybe')} unanswered drafts`);

  const known = new Set();
  for (const payout of await stores.query('SELECT * FROM payout')) {
    const { id, merchant_id: merchant, state, reference, rail } = payout;
    const amount = Number(payout.amount);
    known.add(reference);
    if (GONE.includes(state)) earned.set(`${merchant} CNY`, (earned.get(`${merchant} CNY`) ?? 0) - amount);
    if (rail === 'http-bank') {
      const payment = bank.payment(reference);
      if (payment && payment.executed > 1) wrong.push(`doubled: the bank paid ${id} ${payment.executed} times`);
      if (payment && payment.amount !== amount)
        wrong.push(`the bank paid ${payment.amount} for ${id}, and not ${amount}`);
      const sent = payment?.executed === 1;
      if (state === 'paid' && !sent) wrong.push(`${id} is paid in the books, and the bank has not paid it`);
      if (sent && !['submitting', 'accepted', 'unknown', 'paid'].includes(state))
        wrong.push(`${id} is ${state} in the books, and the bank has paid it`);
    } else {
      if (state === 'paid' && !model.reported.has(reference)) wrong.push(`${id} is paid, and no bank has booked it`);
      const filed = model.filed.get(reference);
      if (filed !== undefined && filed !== amount)
        wrong.push(`${id} stands with ${filed} in its file, and not ${amount}`);
      if (model.booked.has(reference) && state !== 'paid') wrong.push(`${id} is ${state}, and the bank has booked it`);
    }
  }
  for (const { reference } of bank.payments())
    if (!known.has(reference)) wrong.push(`the bank was sent ${reference}, which no payout is`);
  for (const reference of bank.conflicts()) wrong.push(`the bank was sent ${reference} with two contents`);
  return wrong;
}
