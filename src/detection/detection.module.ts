import { Module } from '@nestjs/common';
import { OrderAudit, OrderAuditRepository } from './order-audit.js';
import { OrderEventLog } from './order-event-log.js';
import { OrderEventLogRepository } from './order-event-log.repository.js';
import { VisitTokens } from './visit-tokens.js';

/** Which merchant a request belongs to and why; whether a purchase is complete. */
@Module({
  providers: [
    VisitTokens,
    { provide: OrderEventLog, useClass: OrderEventLogRepository },
    { provide: OrderAudit, useClass: OrderAuditRepository },
  ],
  exports: [VisitTokens, OrderEventLog, OrderAudit],
})
export class DetectionModule {}
