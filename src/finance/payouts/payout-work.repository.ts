import { Injectable } from '@nestjs/common';
import { type WorkItem, WorkSource } from '../../desk/index.js';

const WAITS = "state = 'awaiting-approval'";

/** What of payouts waits for makers and checkers. */
@Injectable()
export class PayoutWork extends WorkSource {
  readonly items: readonly WorkItem[] = [
    {
      kind: 'drafted-batches',
      roles: ['finance-maker'],
      rows: () => ({ sql: "payout_batch WHERE state = 'draft'", values: [] }),
    },
    {
      kind: 'batches-to-approve',
      roles: ['finance-checker'],
      rows: (staffId) => ({
        sql: `payout_batch WHERE ${WAITS} AND made_by <> ? AND COALESCE(requested_by, '') <> ?
          AND COALESCE(first_approved_by, '') <> ?`,
        values: [staffId, staffId, staffId],
      }),
    },
    {
      kind: 'batches-to-submit',
      roles: ['finance-maker'],
      rows: () => ({ sql: "payout_batch WHERE state = 'approved'", values: [] }),
    },
    {
      kind: 'paused-batches',
      roles: ['finance-maker'],
      rows: () => ({ sql: "payout_batch WHERE pause_until IS NOT NULL AND state = 'submitted'", values: [] }),
    },
    {
      kind: 'batch-requests-to-approve',
      roles: ['finance-checker'],
      rows: (staffId) => ({ sql: `payout_batch_request WHERE ${WAITS} AND made_by <> ?`, values: [staffId] }),
    },
    {
      kind: 'failure-statements-to-approve',
      roles: ['finance-checker'],
      rows: (staffId) => ({ sql: `payout_failure_statement WHERE ${WAITS} AND made_by <> ?`, values: [staffId] }),
    },
    {
      kind: 'unknown-payouts',
      roles: ['finance-maker', 'finance-checker'],
      rows: () => ({ sql: "payout WHERE state = 'unknown'", values: [] }),
    },
    {
      kind: 'payout-contradictions',
      roles: ['finance-maker'],
      rows: () => ({ sql: 'payout_contradiction WHERE settled_at IS NULL', values: [] }),
    },
    {
      kind: 'schedule-problems',
      roles: ['finance-maker'],
      rows: () => ({ sql: "payout_schedule WHERE state = 'active' AND problem IS NOT NULL", values: [] }),
    },
  ];
}
