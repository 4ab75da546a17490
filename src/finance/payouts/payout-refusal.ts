import { DomainError, whoWasFaster, type Faster } from '../../shared/domain-error.js';
import type { PayoutErrorCode } from './errors.js';
import type { SkipReason } from './payout-batch.js';
import type { PayoutEntity } from './payouts.entities.js';

/** Payouts that a refusal names, at most. */
const LISTED = 1000;

/** A payout that cannot go on as it was drafted, and why. */
export interface ChangedPayout {
  payout: Pick<PayoutEntity, 'id' | 'merchantId'>;
  reason: SkipReason;
}

export function refusal(code: PayoutErrorCode, detail: string): DomainError<PayoutErrorCode> {
  return new DomainError<PayoutErrorCode>(code, detail);
}

/** `payout.wrong-state`, since somebody was faster. */
export function tooLate(detail: string, faster: Faster): DomainError<PayoutErrorCode> {
  return new DomainError<PayoutErrorCode>('payout.wrong-state', detail, undefined, whoWasFaster(faster));
}

/** A refusal that lists the payouts that it is about, with more facts beside them. */
export function refusalAbout(
  code: PayoutErrorCode,
  detail: string,
  changed: readonly ChangedPayout[],
  more: Record<string, unknown> = {},
): DomainError<PayoutErrorCode> {
  const payouts = changed
    .slice(0, LISTED)
    .map(({ payout: { id, merchantId: merchant }, reason }) => ({ id, merchant, reason }));
  return new DomainError<PayoutErrorCode>(code, detail, undefined, { payouts, ...more });
}
