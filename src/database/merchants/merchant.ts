import { DomainError } from '../../shared/domain-error.js';
import type { DatabaseErrorCode } from '../errors.js';

/** What a merchant may become. `closed` is the end. */
export const merchantTransitions = {
  active: ['suspended', 'closed'],
  suspended: ['active', 'closed'],
  closed: [],
} as const satisfies Record<string, readonly string[]>;

export type MerchantState = keyof typeof merchantTransitions;
export const MERCHANT_STATES = Object.keys(merchantTransitions) as MerchantState[];

/** Throws `merchant.wrong-state` when a merchant cannot go from the one state to the other. */
export function assertMerchantTransition(from: MerchantState, to: MerchantState): void {
  const allowed: readonly string[] = merchantTransitions[from];
  if (!allowed.includes(to)) {
    throw new DomainError<DatabaseErrorCode>('merchant.wrong-state', `A merchant who is ${from} cannot become ${to}.`);
  }
}
