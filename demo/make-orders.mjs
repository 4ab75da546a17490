// @ts-check
/** `node demo/make-orders.mjs`: invents orders.csv beside it, the same file every time. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chance } from './chance.mjs';

const ORDERS = 600;
const DAYS = 120;
const FIRST_DAY = Date.UTC(2025, 8, 1);

const lines = Array.from({ length: ORDERS }, (_, index) => {
  const of = (/** @type {string} */ what) => chance(`${what} of order ${index}`);
  // Few customers buy often, many once; trade grows a little towards the end.
  const customer = Math.floor(of('customer') ** 2 * 280);
  const day = Math.floor(of('day') ** 0.85 * DAYS);
  const quantity = 1 + Math.floor(-Math.log(1 - of('quantity')) * 1.2);
  const unit = Math.round(Math.exp(8.4 + 0.75 * gauss(index)));
  // A gift now and then: a real order of zero value.
  const amount = of('gift') < 0.005 ? 0 : unit * quantity - Math.floor(of('change') * quantity);
  return { customer, placedOn: new Date(FIRST_DAY + day * 86_400_000).toISOString().slice(0, 10), quantity, amount };
})
  .sort((a, b) => (a.placedOn < b.placedOn ? -1 : a.placedOn > b.placedOn ? 1 : a.customer - b.customer))
  .map(({ customer, placedOn, quantity, amount }, index) => {
    const number = String(index + 1).padStart(4, '0');
    return `Y${number},K${String(customer).padStart(3, '0')},${placedOn},${quantity},${amount},CNY`;
  });

/** Normally distributed (Box and Muller). @param {number} index */
function gauss(index) {
  const [u, v] = [chance(`u ${index}`), chance(`v ${index}`)];
  return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
}

const file = fileURLToPath(new URL('orders.csv', import.meta.url));
writeFileSync(file, `orderId,customerId,placedOn,quantity,amountMinor,currency\n${lines.join('\n')}\n`);
