import { Injectable } from '@nestjs/common';
import { type WorkItem, WorkSource } from '../desk/index.js';

/** What waits for a reviewer. */
@Injectable()
export class RegistryWork extends WorkSource {
  readonly items: readonly WorkItem[] = [
    {
      kind: 'applications',
      roles: ['reviewer'],
      rows: () => ({ sql: "merchant_application WHERE state = 'pending'", values: [] }),
    },
    {
      kind: 'bank-account-changes',
      roles: ['reviewer'],
      // That of an application waits with the application.
      rows: (staffId) => ({
        sql: `bank_account a JOIN merchant m ON m.id = a.owner_id
          WHERE a.pending_owner_id IS NOT NULL AND a.filed_by <> ?`,
        values: [staffId],
      }),
    },
  ];
}
