import { DomainError } from '../../shared/domain-error.js';
import type { OrderErrorCode } from './errors.js';

export type OrderState = 'placed' | 'completed' | 'cancelled';

/** Which state may follow which. */
export const transitions: Record<OrderState, readonly OrderState[]> = {
  placed: ['completed', 'cancelled'],
  completed: [],
  cancelled: [],
};

/** Throws `order.already-completed` or `order.wrong-state` unless `to` may follow `from`. */
export function assertTransition(from: OrderState, to: OrderState): void {
  if (transitions[from].includes(to)) return;
  if (from === 'completed')
    throw new DomainError<OrderErrorCode>('order.already-completed', 'The order is complete: record a refund instead.');
  throw new DomainError<OrderErrorCode>('order.wrong-state', `An order that is ${from} cannot become ${to}.`);
}
