// @ts-check
/**
 * Adds the demo up from both ends: the orders with the explanations of their rewards on one side, the ledger on the
 * other. Every cent has to be on both.
 */

/** @typedef {import('./plan.mjs').Plan} Plan */
/** @typedef {import('./plan.mjs').Way} Way */

/**
 * @typedef {object} Sums
 * @property {bigint} granted
 * @property {bigint} reversed
 * @property {number} rewards
 */

/** @typedef {{ orders: number, paid: bigint, assets: Map<string, Sums> }} Tally */

/** @returns {Tally} */
const emptyTally = () => ({ orders: 0, paid: 0n, assets: new Map() });

/**
 * @typedef {object} Account what the orders say
 * @property {Tally} all
 * @property {Map<Way, Tally>} byWay
 * @property {Map<string, Tally>} byMerchant by merchant id
 * @property {bigint} refunded
 * @property {number} refunds
 * @property {string[]} unexplained rewards whose explanation does not lead to what was granted
 */

/**
 * @param {ReadonlyMap<Plan, any>} orders as read back from the service
 * @returns {Account}
 */
export function addUpOrders(orders) {
  /** @type {Account} */
  const account = {
    all: emptyTally(),
    byWay: new Map(),
    byMerchant: new Map(),
    refunded: 0n,
    refunds: 0,
    unexplained: [],
  };
  for (const [plan, order] of orders) {
    const tallies = [account.all, entryOf(account.byWay, plan.way)];
    if (order.attribution) tallies.push(entryOf(account.byMerchant, order.attribution.merchant));
    for (const tally of tallies) {
      tally.orders += 1;
      tally.paid += BigInt(order.amountPaid);
      for (const reward of order.rewards) addReward(tally, reward);
    }
    for (const { amount } of order.refunds) {
      account.refunds += 1;
      account.refunded += BigInt(amount);
    }
    account.unexplained.push(...unexplained(order));
  }
  return account;
}

/** @template K @param {Map<K, Tally>} map @param {K} key */
function entryOf(map, key) {
  const tally = map.get(key) ?? emptyTally();
  map.set(key, tally);
  return tally;
}

/** @param {Tally} tally @param {any} reward */
function addReward({ assets }, { asset, granted, voided, clawedBack }) {
  const sums = assets.get(asset) ?? { granted: 0n, reversed: 0n, rewards: 0 };
  sums.granted += BigInt(granted);
  sums.reversed += BigInt(voided) + BigInt(clawedBack);
  sums.rewards += 1;
  assets.set(asset, sums);
}

/**
 * Rewards whose arithmetic does not end at what was granted: the lines' shares have to add up to each reward, and the
 * rewards of one asset to its one rounding.
 * @param {any} order
 */
function unexplained({ orderId, rewards }) {
  return rewards
    .filter((/** @type {any} */ { asset, granted, explanation }) => {
      const { arithmetic, lines } = explanation;
      const shares = sum(lines.map((/** @type {any} */ line) => line.share));
      const ofAsset = sum(
        rewards.filter((/** @type {any} */ r) => r.asset === asset).map((/** @type {any} */ r) => r.granted),
      );
      return shares !== BigInt(granted) || ofAsset !== BigInt(arithmetic.assetRounded);
    })
    .map((/** @type {any} */ { id }) => `${id} of order ${orderId}`);
}

/** @param {readonly number[]} amounts */
const sum = (amounts) => amounts.reduce((total, amount) => total + BigInt(amount), 0n);

/**
 * The trial balance, for look-ups by asset and kind of account.
 * @param {any} trialBalance as GET /v1/finance/trial-balance answers
 */
export function ledgerOf(trialBalance) {
  /** @type {Map<string, Map<string, bigint>>} */
  const assets = new Map();
  for (const { asset, account, balance } of trialBalance.items) {
    const accounts = assets.get(asset) ?? new Map();
    accounts.set(account, (accounts.get(account) ?? 0n) + BigInt(balance));
    assets.set(asset, accounts);
  }
  return {
    assets: [...assets.keys()],
    balance: (/** @type {string} */ asset, /** @type {string} */ account) => assets.get(asset)?.get(account) ?? 0n,
    total: (/** @type {string} */ asset) => [...(assets.get(asset)?.values() ?? [])].reduce((a, b) => a + b, 0n),
  };
}

/** @typedef {ReturnType<typeof ledgerOf>} Ledger */

/**
 * What does not agree, in sentences; nothing when every cent is explained.
 * @param {{ count: number, total: bigint }} file
 * @param {Account} account
 * @param {Ledger} ledger
 */
export function disagreements(file, { all, unexplained: rewards }, ledger) {
  const found = [];
  if (all.orders !== file.count) found.push(`${file.count} orders in the file, ${all.orders} in the service`);
  if (all.paid !== file.total) found.push(`paid by the file ${file.total}, by the service ${all.paid}`);
  if (rewards.length > 0) found.push(`${rewards.length} rewards are not explained, ${rewards[0]} for one`);
  for (const asset of new Set([...all.assets.keys(), ...ledger.assets])) {
    const { granted, reversed } = all.assets.get(asset) ?? { granted: 0n, reversed: 0n };
    const cost = -ledger.balance(asset, 'reward-cost');
    if (granted - reversed !== cost) found.push(`${asset}: the orders say ${granted - reversed}, the ledger ${cost}`);
    if (ledger.total(asset) !== 0n) found.push(`${asset}: the ledger is off by ${ledger.total(asset)}`);
  }
  return found;
}
