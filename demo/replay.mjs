// @ts-check
import pMap from 'p-map';
import { Refusal } from '../scripts/lib/say.mjs';

/** @typedef {import('./plan.mjs').Plan} Plan */
/** @typedef {import('./plan.mjs').RefundTime} RefundTime */
/** @typedef {import('./rules.mjs').Merchant} Merchant */

/** Shoppers who are in the shops at the same time. */
const SHOPPERS = 24;

/** The service did something else than its rules say. */
export class Surprise extends Refusal {}

/**
 * Every shopper comes, asks for a price, orders, pays and gets the goods, as a storefront would tell it.
 * @param {readonly Plan[]} plans
 * @param {() => void} onOrder
 * @returns {Promise<{ discount: bigint }>} what the merchant prices saved the shoppers
 */
export async function replayOrders(plans, onOrder) {
  const replayed = async (/** @type {Plan} */ plan) => {
    const discount = await replay(plan);
    onOrder();
    return discount;
  };
  const discounts = await pMap(plans, replayed, { concurrency: SHOPPERS });
  return { discount: discounts.reduce((sum, discount) => sum + discount, 0n) };
}

/**
 * The refunds that come when the rewards have matured.
 * @param {readonly Plan[]} plans
 */
export async function refundLate(plans) {
  await pMap(plans, (plan) => refund(plan, 'late'), { concurrency: SHOPPERS });
}

/** @param {Plan} plan @returns {Promise<bigint>} the discount */
async function replay(plan) {
  const { order, shop, merchant, placedAt, completedAt } = plan;
  const { orderId, customerId } = order;
  const visit = plan.way === 'direct' ? undefined : await arrive(plan);
  if (visit && visit.attributed !== (merchant !== null)) {
    throw new Surprise(`order ${orderId}: the visit is ${visit.attributed ? '' : 'not '}attributed, against the plan`);
  }
  const prices = await price(plan, visit?.visit);
  if (prices.total !== order.amount) {
    throw new Surprise(`order ${orderId}: the price is ${prices.total}, but ${order.amount} was paid`);
  }
  const path = `/v1/orders/${encodeURIComponent(orderId)}`;
  await shop.server.post('/v1/orders', {
    orderId,
    visit: visit?.visit,
    quote: prices.quote,
    currency: shop.currency,
    lines: prices.lines,
    shopperRef: customerId,
    placedAt,
    history: true,
  });
  await refund(plan, 'before');
  await shop.server.post(`${path}/complete`, { amountPaid: Number(order.amount), completedAt });
  await refund(plan, 'soon');
  return prices.discount;
}

/** How the shopper comes; the answer of the last request. @param {Plan} plan */
async function arrive({ way, shop, merchant, other, order }) {
  const { homeUrl, codeParameter, browser } = shop;
  /** @param {string} [code] @param {string} [previous] */
  const open = (code, previous) =>
    browser.post('/v1/visits', {
      url: code === undefined ? homeUrl : `${homeUrl}?utm_source=moments&${codeParameter}=${encodeURIComponent(code)}`,
      shopperRef: order.customerId,
      previous,
    });
  const answer = async (/** @type {string | null} */ wechatId) => {
    const asked = await open();
    if (asked.ask?.question !== 'referrer') throw new Surprise(`order ${order.orderId}: the referrer is not asked for`);
    return browser.post(`/v1/visits/${asked.id}/referrer`, { visit: asked.visit, wechatId });
  };
  switch (way) {
    case 'link':
      return open(merchant?.code);
    case 'returning':
      return open(undefined, (await open(merchant?.code)).visit);
    case 'twoLinks': {
      const codes = shop.touch === 'first' ? [merchant?.code, other?.code] : [other?.code, merchant?.code];
      return open(codes[1], (await open(codes[0])).visit);
    }
    case 'named': // as people type it
      return answer(merchant?.wechatId.toUpperCase() ?? null);
    case 'wrong':
      return answer('nobody_knows_me');
    case 'nobody':
      return answer(null);
    default:
      return open(mistyped(other?.code ?? ''));
  }
}

/**
 * The price for this shopper. Whoever has no visit is asked for the list price, without a quote.
 * @param {Plan} plan
 * @param {string} [visit]
 */
async function price({ shop, lines }, visit) {
  const { currency, browser } = shop;
  const asked = lines.map(({ sku, category, quantity, listPrice }) => {
    return { sku, category, quantity, unitPrice: Number(listPrice) };
  });
  if (visit === undefined) {
    const priced = asked.map((line) => ({ ...line, lineTotal: line.quantity * line.unitPrice }));
    return { quote: undefined, lines: priced, total: sum(priced.map((line) => line.lineTotal)), discount: 0n };
  }
  const answer = await browser.post('/v1/quotes', { visit, currency, lines: asked });
  return {
    quote: answer.quote,
    lines: asked.map((line, index) => {
      const { unitPrice, lineTotal } = answer.lines[index];
      return { ...line, unitPrice, lineTotal };
    }),
    total: BigInt(answer.total),
    discount: BigInt(answer.discountTotal),
  };
}

/** @param {Plan} plan @param {RefundTime} time */
async function refund({ order, shop, refund: planned, completedAt }, time) {
  if (planned?.time !== time) return;
  for (const [index, amount] of planned.amounts.entries()) {
    await shop.server.post(`/v1/orders/${encodeURIComponent(order.orderId)}/refunds`, {
      refundId: `${order.orderId}-R${index + 1}`,
      amount: Number(amount),
      refundedAt: time === 'soon' && completedAt ? hoursAfter(completedAt, 20) : undefined,
    });
  }
}

/** The last character is a check, so that any other one is a slip. @param {string} code */
const mistyped = (code) => code.slice(0, -1) + (code.endsWith('7') ? '8' : '7');

/** @param {string} time @param {number} hours */
const hoursAfter = (time, hours) => new Date(Date.parse(time) + hours * 3_600_000).toISOString();

/** @param {readonly number[]} amounts */
const sum = (amounts) => amounts.reduce((total, amount) => total + BigInt(amount), 0n);
