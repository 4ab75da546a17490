import { Injectable } from '@nestjs/common';
import { type WorkItem, WorkSource } from '../../desk/index.js';

/** Events that could not be posted, and those that somebody wants dismissed. */
@Injectable()
export class OrderWork extends WorkSource {
  readonly items: readonly WorkItem[] = [
    {
      kind: 'parked-events',
      roles: ['admin', 'finance-maker'],
      rows: () => ({ sql: "order_event WHERE state = 'parked'", values: [] }),
    },
    {
      kind: 'dismissals-to-approve',
      roles: ['finance-checker'],
      rows: (staffId) => ({
        sql: "order_event_dismissal WHERE state = 'awaiting-approval' AND made_by <> ?",
        values: [staffId],
      }),
    },
  ];
}
