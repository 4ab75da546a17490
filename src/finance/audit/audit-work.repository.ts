import { Injectable } from '@nestjs/common';
import { type WorkItem, WorkSource } from '../../desk/index.js';
import { SCHEDULED } from './audit-result.repository.js';

/** A last audit that is not clean. */
@Injectable()
export class AuditWork extends WorkSource {
  readonly items: readonly WorkItem[] = [
    {
      kind: 'audit-findings',
      roles: ['auditor', 'finance-maker', 'finance-checker', 'admin'],
      rows: () => ({ sql: 'audit_result WHERE id = ? AND clean = 0', values: [SCHEDULED] }),
    },
  ];
}
