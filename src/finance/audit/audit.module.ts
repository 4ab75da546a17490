import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { auditEntities } from './audit-result.entity.js';
import { AccessModule } from '../../access/index.js';
import { DeskModule } from '../../desk/index.js';
import { LedgerModule } from '../ledger/index.js';
import { AuditController } from './audit.controller.js';
import { AuditMetrics } from './audit-metrics.js';
import { AuditRepository } from './audit.repository.js';
import { AuditResultRepository } from './audit-result.repository.js';
import { AuditService } from './audit.service.js';
import { AuditWork } from './audit-work.repository.js';
import { RequestedAudit } from './requested-audit.js';
import { ScheduledAudit } from './scheduled-audit.js';

/** Everything that must always be true of the books, asked for or on a schedule. */
@Module({
  imports: [TypeOrmModule.forFeature(auditEntities), AccessModule, DeskModule, LedgerModule],
  controllers: [AuditController],
  providers: [
    AuditService,
    AuditRepository,
    RequestedAudit,
    ScheduledAudit,
    AuditResultRepository,
    AuditMetrics,
    AuditWork,
  ],
  exports: [ScheduledAudit],
})
export class AuditModule {}
