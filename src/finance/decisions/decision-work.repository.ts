import { Injectable } from '@nestjs/common';
import { type WorkItem, WorkSource } from '../../desk/index.js';

/** Adjustments and holds that wait for a second person. */
@Injectable()
export class DecisionWork extends WorkSource {
  readonly items: readonly WorkItem[] = [
    {
      kind: 'adjustments-to-approve',
      roles: ['finance-checker'],
      rows: (staffId) => ({ sql: "adjustment WHERE state = 'awaiting-approval' AND made_by <> ?", values: [staffId] }),
    },
    {
      kind: 'holds-to-decide',
      roles: ['finance-checker'],
      rows: (staffId) => ({ sql: "hold WHERE state = 'open' AND COALESCE(held_by, '') <> ?", values: [staffId] }),
    },
  ];
}
