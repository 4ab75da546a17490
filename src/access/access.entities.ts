import { ApiKeyEntity } from './api-key.entity.js';
import { AuditLogEntity, AuditLogHeadEntity, AuditLogSealEntity } from './audit-log.entity.js';
import { IdempotencyKeyEntity } from './idempotency-key.entity.js';
import { MerchantSessionEntity } from './merchant-session.entity.js';
import { OneTimeCodeEntity } from './one-time-code.entity.js';
import { StaffChangeEntity } from './staff-change.entity.js';
import { StaffInvitationEntity } from './staff-invitation.entity.js';
import { StaffRecoveryCodeEntity } from './staff-recovery-code.entity.js';
import { StaffEntity } from './staff.entity.js';
import { StaffSessionEntity } from './staff-session.entity.js';

export const accessEntities = [
  ApiKeyEntity,
  StaffEntity,
  StaffSessionEntity,
  StaffChangeEntity,
  StaffInvitationEntity,
  StaffRecoveryCodeEntity,
  AuditLogEntity,
  AuditLogSealEntity,
  AuditLogHeadEntity,
  IdempotencyKeyEntity,
  MerchantSessionEntity,
  OneTimeCodeEntity,
];
