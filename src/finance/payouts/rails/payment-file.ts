import type { PaymentFile, PaymentOrder } from './payout-rail.js';

/** A payment file that must not leave the house; a programming mistake or a tampered row, never the caller's fault. */
export class PaymentFileError extends Error {
  override readonly name = 'PaymentFileError';
}

/**
 * The orders of a file of any format, one after the other. Throws {@link PaymentFileError} on what is wrong with currency,
 * amounts or references as they come, and with count or sum at the end.
 */
export async function* checkedOrders(file: PaymentFile): AsyncGenerator<PaymentOrder> {
  const references = new Set<string>();
  let sum = 0n;
  for await (const order of file.orders) {
    if (order.currency !== file.currency) throw new PaymentFileError('more than one currency');
    if (order.amount <= 0n) throw new PaymentFileError('an amount is not positive');
    if (references.has(order.reference)) throw new PaymentFileError('a reference is used twice');
    references.add(order.reference);
    sum += order.amount;
    yield order;
  }
  if (references.size === 0 || references.size !== file.payments || sum !== file.controlSum)
    throw new PaymentFileError('the count or the control sum is not that of the payments');
}
