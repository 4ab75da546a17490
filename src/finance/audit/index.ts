export { allInvariants, checkInvariant, invariantsByFolder, statement } from './all-invariants.js';
export { AuditModule } from './audit.module.js';
export { auditProblems } from './errors.js';
export { ScheduledAudit } from './scheduled-audit.js';
