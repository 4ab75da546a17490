import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { AuditResultRepository, type KeptAudit } from './audit-result.repository.js';

/** What the last scheduled audit found, asked of the database, so that any process can show it. */
@Injectable()
export class AuditMetrics {
  constructor(registry: Registry, unitOfWork: UnitOfWork, results: AuditResultRepository) {
    const registers = [registry];
    const last = (): Promise<KeptAudit | null> => results.findLast(unitOfWork.reader).catch(() => null);
    new Gauge({
      name: 'yinke_audit_last_clean',
      help: '1 when the last scheduled audit found nothing, 0 when it did; not a number when there is none.',
      registers,
      async collect() {
        const kept = await last();
        this.set(kept ? Number(kept.result.clean) : NaN);
      },
    });
    new Gauge({
      name: 'yinke_audit_last_age_seconds',
      help: 'Age of the last scheduled audit in seconds; not a number when there is none.',
      registers,
      async collect() {
        this.set((await last())?.ageSeconds ?? NaN);
      },
    });
    new Gauge({
      name: 'yinke_audit_findings',
      help: 'Offenders that the last scheduled audit found, by number of the invariant; "chain": the sealed journals, "audit-log": the audit log.',
      labelNames: ['invariant'] as const,
      registers,
      async collect() {
        this.reset();
        const kept = await last();
        if (!kept) return;
        for (const { invariant, count } of kept.result.items) this.inc({ invariant: String(invariant) }, count);
        this.set({ invariant: 'chain' }, kept.result.chain.count);
        this.set({ invariant: 'audit-log' }, kept.result.auditLog.count);
      },
    });
  }
}
