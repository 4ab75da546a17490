export { allInvariants, checkInvariant } from './all-invariants.js';
export { auditEntities } from './audit-result.entity.js';
export { AuditModule } from './audit.module.js';
export { ScheduledAudit, chainFaults } from './scheduled-audit.js';
