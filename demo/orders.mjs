// @ts-check
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { Refusal, shown } from '../scripts/lib/say.mjs';

/**
 * One order of the file: what was bought, and what the shopper paid for it.
 * @typedef {object} FileOrder
 * @property {string} orderId
 * @property {string} customerId
 * @property {string} placedOn a day, 2025-09-01
 * @property {number} quantity at least 1
 * @property {bigint} amount paid, minor units
 */

const DAY_MS = 86_400_000;
const COLUMNS = ['orderId', 'customerId', 'placedOn', 'quantity', 'amountMinor', 'currency'];

/**
 * Reads a file of orders, oldest first. Refuses one that the demo cannot replay, naming the line.
 * @param {string} file
 * @returns {Promise<{ orders: FileOrder[], currency: string, total: bigint }>}
 */
export async function readOrders(file) {
  const problem = (/** @type {string} */ text) => new Refusal(`${shown(file)} cannot be replayed: ${text}`);
  /** @type {Record<string, string>[]} */
  let rows;
  try {
    rows = parse(await readFile(file), { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw problem(/** @type {Error} */ (error).message);
  }
  const first = rows[0];
  if (!first) throw problem('there is no order in it');
  const missing = COLUMNS.filter((column) => !(column in first));
  if (missing.length > 0) throw problem(`the column ${missing[0]} is missing; wanted are ${COLUMNS.join(',')}`);
  const currency = first.currency ?? '';

  const seen = new Set();
  const orders = rows.map((row, index) => {
    const { orderId = '', customerId = '', placedOn = '', quantity = '', amountMinor = '' } = row;
    const bad =
      (!/^[\x21-\x7e]{1,60}$/.test(orderId) && 'orderId') ||
      (seen.has(orderId) && 'a repeated orderId') ||
      (!/^[\x21-\x7e]{1,60}$/.test(customerId) && 'customerId') ||
      ((!/^\d{4}-\d\d-\d\d$/.test(placedOn) || Number.isNaN(Date.parse(placedOn))) && 'placedOn') ||
      (!/^[1-9]\d{0,5}$/.test(quantity) && 'quantity') ||
      (!/^\d{1,12}$/.test(amountMinor) && 'amountMinor') ||
      (row.currency !== currency && 'a second currency');
    if (bad) throw problem(`${bad} in line ${index + 2}`);
    seen.add(orderId);
    return { orderId, customerId, placedOn, quantity: Number(quantity), amount: BigInt(amountMinor) };
  });
  orders.sort((a, b) => (a.placedOn < b.placedOn ? -1 : a.placedOn > b.placedOn ? 1 : 0));
  return { orders, currency, total: orders.reduce((sum, order) => sum + order.amount, 0n) };
}

/** Days between the last order of the sample and today, so that all of it is delivered by now. */
const LATELY = 5;

/**
 * The same orders, the last of them placed a few days ago: figures and charts show the last weeks.
 * @param {readonly FileOrder[]} orders oldest first
 * @param {Date} today
 */
export function movedToNow(orders, today) {
  const last = Date.parse(orders.at(-1)?.placedOn ?? '');
  const days = Math.floor((today.getTime() - last) / DAY_MS) - LATELY;
  const moved = (/** @type {string} */ day) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
  return orders.map((order) => ({ ...order, placedOn: moved(order.placedOn) }));
}
