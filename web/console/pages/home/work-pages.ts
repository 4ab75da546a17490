import type { Schema } from '../../../api/client.js';
import type { Search } from '../../../ui/search.js';

/** The page on which what waits can be done. */
export const WORK_PAGES: Record<Schema<'WaitingDto'>['kind'], readonly [path: string, filters?: Search]> = {
  'audit-findings': ['/audit'],
  'staff-changes': ['/staff'],
  'unknown-payouts': ['/reconciliation', { open: 'true' }],
  'payout-contradictions': ['/contradictions'],
  'paused-batches': ['/payouts', { state: 'submitted' }],
  'schedule-problems': ['/payout-schedules'],
  'batches-to-approve': ['/payouts', { state: 'awaiting-approval' }],
  'batch-requests-to-approve': ['/payouts'],
  'failure-statements-to-approve': ['/reconciliation', { open: 'true' }],
  'matches-to-approve': ['/bank-lines'],
  'adjustments-to-approve': ['/adjustments'],
  'holds-to-decide': ['/holds'],
  'open-bank-lines': ['/bank-lines'],
  'drafted-batches': ['/payouts', { state: 'draft' }],
  'batches-to-submit': ['/payouts', { state: 'approved' }],
  'parked-events': ['/parked'],
  'dismissals-to-approve': ['/parked'],
  applications: ['/applications'],
  'bank-account-changes': ['/bank-account-changes'],
};
