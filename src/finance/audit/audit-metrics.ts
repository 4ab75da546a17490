import { Injectable } from '@nestjs/common';
import { StoreGauges, type Sample } from '../../core/store-gauges.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { AuditResultRepository, type KeptAudit } from './audit-result.repository.js';

/** What the last scheduled audit found, asked of the database, so that any process can show it. */
@Injectable()
export class AuditMetrics {
  constructor(gauges: StoreGauges, unitOfWork: UnitOfWork, results: AuditResultRepository) {
    const number = (of: (kept: KeptAudit) => number | null) => (kept: KeptAudit | null) => [
      { value: (kept && of(kept)) ?? NaN },
    ];
    gauges.addSeveral(
      () => results.findLast(unitOfWork.reader),
      [
        {
          name: 'yinke_audit_last_clean',
          help: '1 when the last scheduled audit found nothing, 0 when it did; not a number when there is none.',
          show: number(({ result }) => Number(result.clean)),
        },
        {
          name: 'yinke_audit_last_age_seconds',
          help: 'Age of the last scheduled audit in seconds; not a number when there is none.',
          show: number(({ ageSeconds }) => ageSeconds),
        },
        {
          name: 'yinke_audit_last_clean_age_seconds',
          help: 'Age of the last scheduled audit that found nothing, in seconds; not a number when there is none.',
          show: number(({ cleanAgeSeconds }) => cleanAgeSeconds),
        },
        {
          name: 'yinke_audit_last_full_age_seconds',
          help: 'Age of the last scheduled audit that looked at everything, in seconds; not a number when there is none.',
          show: number(({ fullAgeSeconds }) => fullAgeSeconds),
        },
        {
          name: 'yinke_audit_findings',
          help: 'Offenders that the last scheduled audit found, by number of the invariant; "chain": the sealed journals, "audit-log": the audit log.',
          labelNames: ['invariant'],
          show: findings,
        },
      ],
    );
  }
}

/** Several checks may be of one invariant. */
function findings(kept: KeptAudit | null): Sample[] {
  if (!kept) return [];
  const sums = new Map<string, number>([
    ['chain', kept.result.chain.count],
    ['audit-log', kept.result.auditLog.count],
  ]);
  for (const { invariant, count } of kept.result.items)
    sums.set(String(invariant), (sums.get(String(invariant)) ?? 0) + count);
  return [...sums].map(([invariant, value]) => ({ labels: { invariant }, value }));
}
