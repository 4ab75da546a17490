// @ts-check
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { say, shown } from '../scripts/lib/say.mjs';
import { compareBasket } from './basket.mjs';
import { Client } from './client.mjs';
import { bold, dim, grouped, money } from './layout.mjs';
import { movedToNow, readOrders } from './orders.mjs';
import { payMerchants } from './payout.mjs';
import { FORGED, forgeReward } from './forgery.mjs';
import { makePlans } from './plan.mjs';
import { Progress } from './progress.mjs';
import { addUpOrders, disagreements, ledgerOf } from './proof.mjs';
import { refundLate, replayOrders } from './replay.mjs';
import { exchangeGoods, expirePoints, returnGoods, returnPayment, useCoupon } from './scenes.mjs';
import { readSettled } from './settle.mjs';
import { decimalsOf, sayOutcome } from './summary.mjs';
import { leaveWork } from './waiting.mjs';
import { makeRules, openShops, signUpMerchants } from './world.mjs';

/**
 * @typedef {object} Played what people can go on with in the browser
 * @property {boolean} clean whether the ledger explains every cent and the audit found nothing
 * @property {string} currency
 * @property {import('./world.mjs').TeaShopKeys} tea
 * @property {import('./world.mjs').Staff} staff
 * @property {readonly import('./rules.mjs').Merchant[]} merchants the busiest first
 * @property {import('./rules.mjs').Merchant | undefined} held a merchant who has something on hold
 * @property {import('./rules.mjs').Merchant | null} indebted a merchant who owes what a refund took back
 * @property {string} bankReport the file of a bank report that nobody has filed
 */

const SAMPLE = fileURLToPath(new URL('orders.csv', import.meta.url));

/**
 * The main job from end to end, through the public API, on a service whose stores are empty. Only a year that goes by and a forger need the database.
 * @param {object} given
 * @param {import('../scripts/service/index.mjs').Service} given.service
 * @param {string} [given.ordersFile] instead of the sample
 * @param {number} [given.most] so many of the latest orders, where fewer will do
 * @param {string} given.dataDir where files for the user go
 * @param {any} given.bank the simulated bank behind the http-bank rail
 * @param {string} given.origin where the tea shop will be
 * @param {AbortSignal} given.signal
 * @returns {Promise<Played>}
 */
export async function runDemo({ service, ordersFile = SAMPLE, most = Infinity, dataDir, bank, origin, signal }) {
  const { baseUrl, admin } = service;
  const { orders: asWritten, currency } = await readOrders(ordersFile);
  const orders = (ordersFile === SAMPLE ? movedToNow(asWritten, new Date()) : asWritten).slice(-most);
  const total = orders.reduce((sum, { amount }) => sum + amount, 0n);
  const cash = (/** @type {bigint} */ amount) => money(amount, decimalsOf(currency));
  const progress = new Progress(signal);
  const anyone = new Client(baseUrl, signal);
  const days = `${orders[0]?.placedOn} – ${orders[orders.length - 1]?.placedOn}`;
  say(
    `\n  ${bold('Yinke 引客')}  ${dim(`${shown(ordersFile)}: ${grouped(orders.length)} orders, ${cash(total)} ${currency}, ${days}`)}\n`,
  );

  const { shops, tea, staff } = await progress.step(
    'shops and staff',
    () => openShops(anyone, { admin, currency, folder: dataDir, origin }),
    () => 'three shops, five people of staff',
  );
  const shop = /** @type {import('./world.mjs').Shop} */ (shops[0]);
  const { merchants } = await progress.step(
    'merchants apply, are reviewed',
    () => signUpMerchants(shop.browser, staff.clients.reviewer),
    ({ merchants: approved, rejected }) => `${approved.length} approved, ${rejected.length} rejected with a reason`,
  );
  const [star, , , silver] = /** @type {import('./rules.mjs').Merchant[]} */ (merchants);
  if (!star || !silver) throw new Error('the demo needs merchants');
  await progress.step(
    'price and reward rules',
    () => makeRules(staff.clients.admin, currency, star, orders[0]?.placedOn ?? ''),
    ({ prices, rewards }) => `${prices} price rules, ${rewards} reward rules`,
  );
  await progress.step(
    'one basket, three prices',
    () => compareBasket(shop, [star, silver]),
    (prices) =>
      prices.map(({ merchant, total: price }) => `${merchant?.displayName ?? 'nobody'} ${cash(price)}`).join(' · '),
  );

  const plans = makePlans(orders, shops, merchants);
  await progress.step(
    'shoppers come, order and pay',
    (bar) => replayOrders(plans, () => bar.advance()),
    ({ discount }) => `${grouped(plans.length)} orders, ${cash(discount)} saved by merchant prices`,
    plans.length,
  );
  const settled = await progress.step(
    'the worker posts and matures',
    (bar) => readSettled(plans, signal, () => bar.advance()),
    (done) => `${grouped([...done.values()].reduce((sum, order) => sum + order.rewards.length, 0))} rewards`,
    plans.length,
  );
  const late = plans.filter((plan) => plan.refund?.time === 'late');
  await progress.step(
    'refunds after maturity',
    async () => {
      await refundLate(late);
      for (const [plan, order] of await readSettled(late, signal)) settled.set(plan, order);
    },
    () => `${late.length} orders`,
  );
  const payments = await progress.step(
    'payouts',
    () => payMerchants(staff, { currency, merchants, bank, folder: join(dataDir, 'payouts'), signal }),
    (batches) => batches.map(({ rail, payouts }) => `${payouts.length} by ${rail}`).join(', '),
  );

  const exchange = await progress.step(
    'goods exchanged after the payout',
    () => exchangeGoods(staff, { settled, payments, currency, signal }),
    ({ merchant, debt, left }) => `${merchant?.displayName} owes ${cash(debt)}, after the next reward ${cash(left)}`,
  );
  for (const [plan, order] of exchange.orders) settled.set(plan, order);
  await progress.step(
    'the bank sends a payment back',
    () => returnPayment(staff, payments, exchange.merchant?.id),
    ({ amount, reasonCode }) => `${cash(BigInt(amount))} held (${reasonCode}), released by the checker`,
  );
  await progress.step(
    'old points expire',
    () => expirePoints(staff, { merchant: star, databaseUrl: service.databaseUrl, signal }),
    ({ expired, left, soon }) =>
      `${grouped(expired)} of ${star.displayName}; ${grouped(soon)} of the other ${grouped(left)} soon`,
  );

  await progress.step(
    'a coupon is used',
    () => useCoupon(shop, star),
    ({ discount }) => `${cash(BigInt(discount))} off for ${star.displayName}; a second use is refused`,
  );

  const back = await progress.step(
    'goods come back after the payout',
    () => returnGoods(staff, { settled, payments, currency, signal }, exchange.merchant?.id),
    ({ returned, debt }) => `${returned.merchant?.displayName} owes ${cash(debt)}`,
  );
  for (const [plan, order] of back.orders) settled.set(plan, order);
  const { held, bankReport } = await progress.step(
    'work that is left for people',
    () => leaveWork(staff, { website: shop.browser, merchants, payments, currency }),
    () => 'applications, a batch, bank lines, a hold, an adjustment',
  );

  const { account, ledger, found, audit } = await progress.step(
    'adding it all up',
    async () => {
      const { auditor } = staff.clients;
      const sums = addUpOrders(settled);
      const books = ledgerOf(await auditor.get('/v1/finance/trial-balance'));
      const file = { count: orders.length + 1, total: total + exchange.again.order.amount };
      const wrong = disagreements(file, sums, books);
      return { account: sums, ledger: books, found: wrong, audit: await auditor.get('/v1/finance/audit') };
    },
    ({ audit: { items } }) => `${items.length} invariants audited`,
  );
  const forgery = await progress.step(
    'a forger with SQL, on a copy',
    () => forgeReward({ ...service, currency, auditor: staff.clients.auditor, signal }),
    (result) =>
      'skipped' in result ? result.skipped : `${cash(FORGED)} more, every sum fits; ${result.found.length} found it`,
  );
  sayOutcome({
    forgery,
    currency,
    merchants,
    orders: settled,
    account,
    ledger,
    payments,
    disagreements: found,
    audit,
    seconds: progress.seconds,
  });
  const indebted = back.returned.merchant;
  return { clean: audit.clean && found.length === 0, currency, tea, staff, merchants, held, indebted, bankReport };
}
