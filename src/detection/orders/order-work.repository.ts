import { Injectable } from '@nestjs/common';
import { type WorkItem, WorkSource } from '../../desk/index.js';

/** Events that could not be posted. */
@Injectable()
export class OrderWork extends WorkSource {
  readonly items: readonly WorkItem[] = [
    {
      kind: 'parked-events',
      roles: ['admin', 'finance-maker'],
      rows: () => ({ sql: "order_event WHERE state = 'parked'", values: [] }),
    },
  ];
}
