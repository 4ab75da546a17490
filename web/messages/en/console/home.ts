import type { Schema } from '../../../api/types.js';

const home = {
  nav: 'Today',
  title: 'Today',
  waits: 'Waits for you',
  nothingWaits: 'Nothing waits for you.',
  moreThan: (count: string) => `more than ${count}`,
  work: {
    'audit-findings': 'Findings of the audit',
    'staff-changes': 'Changes of staff to consent to',
    'unknown-payouts': 'Payouts with an unknown outcome',
    'payout-contradictions': 'Contradictions of the bank',
    'paused-batches': 'Paused payout batches',
    'schedule-problems': 'Problems of payout schedules',
    'batches-to-approve': 'Payout batches to approve',
    'batch-requests-to-approve': 'Requests about batches to approve',
    'failure-statements-to-approve': 'Failure statements to approve',
    'matches-to-approve': 'Matches of bank lines to approve',
    'adjustments-to-approve': 'Adjustments to approve',
    'holds-to-decide': 'Holds to decide',
    'open-bank-lines': 'Open bank lines',
    'drafted-batches': 'Drafted payout batches',
    'batches-to-submit': 'Approved batches to submit',
    'parked-events': 'Parked order events',
    'dismissals-to-approve': 'Dismissals of order events to approve',
    applications: 'Applications',
    'bank-account-changes': 'Changes of bank accounts',
  } satisfies Record<Schema<'WaitingDto'>['kind'], string>,
};

export default home;
