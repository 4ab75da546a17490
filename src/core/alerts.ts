/** What a person has to look at, whoever finds it: each is a line of the log and counted, so that somebody can be called. */
export const ALERTS = {
  'audit-findings': 'the audit found something',
  'coupon-stuck': 'coupon cannot expire',
  'event-parked': 'order event parked: it cannot be posted',
  'events-waiting': 'order events wait too long',
  'job-silent': 'a scheduled job does not run',
  'message-unsent': 'a message could not be sent',
  'money-role-alone': 'the only admin gave a role that moves money, without a second one',
  'merchants-waiting': 'merchants wait too long for a payout',
  'payout-batch-paused': 'a payout batch is paused',
  'payout-contradiction': 'a rail contradicts the books about a payout',
  'payout-draft-failed': 'a scheduled payout batch cannot be drafted',
  'payout-file-unwritten': 'the file of a payout batch cannot be written',
  'points-stuck': 'points cannot expire',
  'reward-stuck': 'reward cannot mature',
} as const;

export type Alert = keyof typeof ALERTS;
