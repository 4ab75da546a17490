import { minAmount } from '../../../shared/money.js';

/** A movement on `owed`: negative when more was taken back than there was, positive when a credit settled it. */
interface OwedMovement {
  amount: bigint;
}

/** What one event left owing, and what has paid it off since. */
export interface Debt<E extends OwedMovement> {
  made: E;
  remaining: bigint;
  paidOff: { by: E; amount: bigint }[];
}

/**
 * What these movements took the balance below zero by, in their order: a credit settles the oldest first. `movements` begin where
 * the balance was zero; what remains adds up to what is negative now.
 */
export function debtsOf<E extends OwedMovement>(movements: readonly E[]): Debt<E>[] {
  const debts: Debt<E>[] = [];
  for (const movement of movements) {
    if (movement.amount < 0n) {
      debts.push({ made: movement, remaining: -movement.amount, paidOff: [] });
      continue;
    }
    let left = movement.amount;
    for (const debt of debts) {
      const amount = minAmount(left, debt.remaining);
      if (amount === 0n) continue;
      debt.remaining -= amount;
      debt.paidOff.push({ by: movement, amount });
      left -= amount;
    }
    if (left > 0n) throw new RangeError('more was paid off than was owed');
  }
  return debts;
}
