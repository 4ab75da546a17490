import { DomainError } from '../../shared/domain-error.js';
import type { FinanceErrorCode } from '../errors.js';
import type { SkipReason } from './payout-batch.js';
import type { PayoutEntity } from './payouts.entities.js';

/** Payouts that a refusal names, at most. */
const LISTED = 1000;

/** A payout that cannot go on as it was drafted, and why. */
export interface ChangedPayout {
  payout: Pick<PayoutEntity, 'id' | 'merchantId'>;
  reason: SkipReason;
}

export function refusal(code: FinanceErrorCode, detail: string): DomainError<FinanceErrorCode> {
  return new DomainError<FinanceErrorCode>(code, detail);
}

/** A refusal that lists the payouts that it is about, with more facts beside them. */
export function refusalAbout(
  code: FinanceErrorCode,
  detail: string,
  changed: readonly ChangedPayout[],
  more: Record<string, unknown> = {},
): DomainError<FinanceErrorCode> {
  const payouts = changed
    .slice(0, LISTED)
    .map(({ payout: { id, merchantId: merchant }, reason }) => ({ id, merchant, reason }));
  return new DomainError<FinanceErrorCode>(code, detail, undefined, { payouts, ...more });
}
