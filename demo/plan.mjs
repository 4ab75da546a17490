// @ts-check
/** What each order of the file becomes: a shopper who comes in some way, a basket, a delivery, sometimes a refund. */
import { chance, choose } from './chance.mjs';
import { CATEGORIES, listPrice, priceCut } from './rules.mjs';

/** @typedef {import('./orders.mjs').FileOrder} FileOrder */
/** @typedef {import('./rules.mjs').Merchant} Merchant */
/** @typedef {import('./rules.mjs').Category} Category */
/** @typedef {import('./world.mjs').Shop} Shop */

/** How a shopper comes to the shop, and what people call it. */
export const WAYS = /** @type {const} */ ({
  link: 'code in the link 链接带推广码',
  named: 'named by WeChat ID 报出微信号',
  twoLinks: 'two merchants’ links 两位微商的链接',
  returning: 'came back without a code 再次访问未带推广码',
  wrong: 'named somebody unknown 报错微信号',
  nobody: 'nobody brought them 无人介绍',
  mistyped: 'mistyped code 推广码有误',
  direct: 'no visit was seen 未记录访问',
});

/** @typedef {keyof typeof WAYS} Way */

/** @type {readonly (readonly [Way, number])[]} */
const WAY_WEIGHTS = [
  ['link', 38],
  ['named', 16],
  ['twoLinks', 8],
  ['returning', 7],
  ['wrong', 6],
  ['nobody', 13],
  ['mistyped', 4],
  ['direct', 8],
];

/**
 * When money goes back: before the goods were delivered, soon after, or long after when the reward has matured.
 * @typedef {'before' | 'soon' | 'late'} RefundTime
 */

/**
 * @typedef {object} Plan
 * @property {FileOrder} order
 * @property {Shop} shop
 * @property {Way} way
 * @property {Merchant | null} merchant who counts in the end
 * @property {Merchant | null} other whose link the shopper also followed, or whose code was mistyped
 * @property {{ sku: string, category: Category, quantity: number, listPrice: bigint }[]} lines
 * @property {string} placedAt
 * @property {string | undefined} completedAt undefined: now
 * @property {{ time: RefundTime, amounts: bigint[] } | null} refund
 */

/** This part of the file, its end, is delivered while the demo runs: those rewards are still pending at its end. */
const DELIVERED_NOW = 0.06;

/**
 * The same file gives the same plan every time.
 * @param {readonly FileOrder[]} orders oldest first
 * @param {readonly Shop[]} shops
 * @param {readonly Merchant[]} merchants
 * @returns {Plan[]}
 */
export function makePlans(orders, shops, merchants) {
  // The first merchant brings the most shoppers, the last the fewest.
  const popularity = merchants.map((merchant, index) => /** @type {const} */ ([merchant, 1 / (index + 3)]));
  const deliveredNow = orders.length * (1 - DELIVERED_NOW);
  return orders.map((order, index) => {
    const { customerId, orderId } = order;
    const shop = choose(`shop of ${customerId}`, [
      [shops[0], 88],
      [shops[1], 12],
    ]);
    if (!shop) throw new Error('the demo needs two shops');
    const way = choose(`way of ${customerId}`, WAY_WEIGHTS);
    const brought = way === 'link' || way === 'named' || way === 'twoLinks' || way === 'returning';
    const merchant = brought ? choose(`merchant of ${customerId}`, popularity) : null;
    const others = popularity.filter(([candidate]) => candidate !== merchant);
    const placed = Date.parse(order.placedOn) + Math.floor(chance(`time of ${orderId}`) * 86_400_000);
    const delivered = placed + Math.floor((1 + 3 * chance(`delivery of ${orderId}`)) * 86_400_000);
    return {
      order,
      shop,
      way,
      merchant,
      other: way === 'twoLinks' || way === 'mistyped' ? choose(`other merchant of ${customerId}`, others) : null,
      lines: linesOf(order, merchant),
      placedAt: new Date(placed).toISOString(),
      completedAt: index >= deliveredNow ? undefined : new Date(delivered).toISOString(),
      refund: refundOf(order),
    };
  });
}

/**
 * A basket that costs exactly what the file says was paid, after the merchant price. The units cost the same but for
 * the last one, which takes what does not divide and is of another kind.
 * @param {FileOrder} order
 * @param {Merchant | null} merchant
 */
function linesOf({ orderId, quantity, amount }, merchant) {
  const first = Math.floor(chance(`category of ${orderId}`) * CATEGORIES.length);
  const line = (/** @type {number} */ offset, /** @type {number} */ units, /** @type {bigint} */ paid) => {
    const category = /** @type {Category} */ (CATEGORIES[(first + offset) % CATEGORIES.length]);
    const number = 1 + Math.floor(chance(`product ${offset} of ${orderId}`) * 40);
    const sku = `${category.toUpperCase()}-${String(number).padStart(3, '0')}`;
    return {
      sku,
      category,
      quantity: units,
      listPrice: merchant ? listPrice(paid, priceCut(merchant, category)) : paid,
    };
  };
  if (quantity === 1) return [line(0, 1, amount)];
  const unit = amount / BigInt(quantity);
  return [line(0, quantity - 1, unit), line(1, 1, amount - unit * BigInt(quantity - 1))];
}

/** @param {FileOrder} order */
function refundOf({ orderId, amount }) {
  if (amount < 3n) return null;
  const part = (amount * 2n) / 5n;
  const third = amount / 3n;
  return choose(`refund of ${orderId}`, [
    [null, 930],
    [{ time: /** @type {RefundTime} */ ('before'), amounts: [part] }, 10],
    [{ time: /** @type {RefundTime} */ ('soon'), amounts: [part] }, 15],
    [{ time: /** @type {RefundTime} */ ('soon'), amounts: [amount] }, 10],
    [{ time: /** @type {RefundTime} */ ('late'), amounts: [part] }, 15],
    [{ time: /** @type {RefundTime} */ ('late'), amounts: [amount] }, 10],
    [{ time: /** @type {RefundTime} */ ('late'), amounts: [third, third, amount - 2n * third] }, 10],
  ]);
}
