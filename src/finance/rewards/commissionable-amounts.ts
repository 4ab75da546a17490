import type { OrderSnapshot } from '../../detection/orders/index.js';
import { allocateByLargestRemainder, minAmount } from '../../shared/money.js';

/**
 * What was paid for each line: without shipping and tax, and when that is less than the lines are worth, spread over
 * them in proportion (largest remainder). The order in which the lines stand makes no difference.
 */
export function commissionableAmounts(
  order: Pick<OrderSnapshot, 'lines' | 'shipping' | 'tax'> & { amountPaid: bigint },
): bigint[] {
  const listed = order.lines.reduce((total, line) => total + line.lineTotal, 0n);
  const paid = order.amountPaid - order.shipping - order.tax;
  const merchandise = paid < 0n ? 0n : minAmount(paid, listed);
  if (merchandise === listed) return order.lines.map((line) => line.lineTotal);
  const sorted = order.lines
    .map((line, index) => ({ line, index, key: `${line.sku} ${line.category ?? ''} ${line.quantity.toString()}` }))
    .sort((a, b) => compareBig(b.line.lineTotal, a.line.lineTotal) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const shares = allocateByLargestRemainder(
    merchandise,
    sorted.map(({ line }) => line.lineTotal),
  );
  const amounts = order.lines.map(() => 0n);
  sorted.forEach(({ index }, place) => (amounts[index] = shares[place] ?? 0n));
  return amounts;
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
