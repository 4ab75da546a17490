import { KnownId } from '../../shared/known-id.js';
import type { PayoutErrorCode } from './errors.js';

/** The ids of this room in paths. */
export const BATCH_ID = new KnownId('payoutBatch', 'payout.batch-not-found' satisfies PayoutErrorCode);
export const REQUEST_ID = new KnownId('payoutBatchRequest', 'payout.request-not-found' satisfies PayoutErrorCode);
export const PAYOUT_ID = new KnownId('payout', 'payout.not-found' satisfies PayoutErrorCode);
export const STATEMENT_ID = new KnownId('payoutFailureStatement', 'payout.request-not-found' satisfies PayoutErrorCode);
export const CONTRADICTION_ID = new KnownId(
  'payoutContradiction',
  'payout.contradiction-not-found' satisfies PayoutErrorCode,
);
/** A merchant who is none has no wallet. */
export const WALLET_OWNER_ID = new KnownId('merchant', 'payout.no-wechat-payee' satisfies PayoutErrorCode);
export const SCHEDULE_ID = new KnownId('payoutSchedule', 'payout.schedule-not-found' satisfies PayoutErrorCode);
export const REPORT_ID = new KnownId('bankReport', 'bank-report.not-found' satisfies PayoutErrorCode);
