import type { PaymentFile } from './payout-rail.js';

/** A payment file that must not leave the house; a programming mistake or a tampered row, never the caller's fault. */
export class PaymentFileError extends Error {
  override readonly name = 'PaymentFileError';
}

/** Throws {@link PaymentFileError} on what is wrong in a file of any format: count, sum, currency, amounts, references. */
export function assertPayments({ currency, orders, controlSum }: PaymentFile): void {
  const sum = orders.reduce((total, order) => total + order.amount, 0n);
  if (orders.length === 0 || sum !== controlSum)
    throw new PaymentFileError('the control sum is not that of the payments');
  if (orders.some((order) => order.currency !== currency)) throw new PaymentFileError('more than one currency');
  if (orders.some((order) => order.amount <= 0n)) throw new PaymentFileError('an amount is not positive');
  if (new Set(orders.map((order) => order.reference)).size !== orders.length)
    throw new PaymentFileError('a reference is used twice');
}
