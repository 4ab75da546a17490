import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessagesModule } from '../messages/index.js';
import { accessEntities } from './access.entities.js';
import { AccessGuard } from './access.guard.js';
import { ApplicationTokens } from './application-tokens.js';
import { AuditLog } from './audit-log.js';
import { AuditLogRepository } from './audit-log.repository.js';
import { AuditLogChain, AuditLogSealRepository } from './audit-log-chain.js';
import { AuditLogController } from './audit-log.controller.js';
import { Authenticator } from './authenticator.js';
import { ExpiryRepository } from './expiry.repository.js';
import { ExpirySweep } from './expiry-sweep.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { KeyMemory } from './key-memory.js';
import { KeyRepository } from './key.repository.js';
import { KeyUses } from './key-uses.js';
import { KnownDevices } from './known-devices.js';
import { MerchantSessionRepository } from './merchant-session.repository.js';
import { MerchantSessions } from './merchant-sessions.js';
import { OidcController } from './oidc.controller.js';
import { Oidc } from './oidc.js';
import { OneTimeCodeRepository } from './one-time-code.repository.js';
import { OneTimeCodes } from './one-time-codes.js';
import { OperatorAdmin } from './operator-admin.js';
import { Origins } from './origins.js';
import { RecoveryCodes } from './recovery-codes.js';
import { RouteCheck } from './route-check.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';
import { StaffChangeController } from './staff-change.controller.js';
import { StaffChangeRepository } from './staff-change.repository.js';
import { StaffChanges } from './staff-changes.js';
import { StaffConsentService } from './staff-consent.service.js';
import { StaffInvitationController } from './staff-invitation.controller.js';
import { StaffLinks } from './staff-links.js';
import { StaffController } from './staff.controller.js';
import { StaffRepository } from './staff.repository.js';
import { StaffService } from './staff.service.js';
import { StorefrontKeys } from './storefront-keys.js';
import { WidgetTokens } from './widget-tokens.js';

/** Who calls, what they may do, what they did. */
@Module({
  imports: [TypeOrmModule.forFeature(accessEntities), DiscoveryModule, MessagesModule],
  controllers: [
    SessionController,
    SecondFactorController,
    OidcController,
    StaffChangeController,
    StaffController,
    StaffInvitationController,
    AuditLogController,
  ],
  providers: [
    AccessGuard,
    ApplicationTokens,
    AuditLog,
    AuditLogChain,
    AuditLogRepository,
    AuditLogSealRepository,
    Authenticator,
    ExpiryRepository,
    ExpirySweep,
    IdempotencyRepository,
    KeyMemory,
    KeyRepository,
    KeyUses,
    KnownDevices,
    MerchantSessionRepository,
    MerchantSessions,
    Oidc,
    OneTimeCodeRepository,
    OneTimeCodes,
    OperatorAdmin,
    Origins,
    RecoveryCodes,
    RouteCheck,
    SecondFactorService,
    SessionService,
    StaffChangeRepository,
    StaffChanges,
    StaffConsentService,
    StaffLinks,
    StaffRepository,
    StaffService,
    StorefrontKeys,
    WidgetTokens,
  ],
  exports: [
    AccessGuard,
    ApplicationTokens,
    AuditLog,
    AuditLogChain,
    Authenticator,
    IdempotencyRepository,
    KnownDevices,
    MerchantSessions,
    OneTimeCodes,
    OperatorAdmin,
    Origins,
    RouteCheck,
    StorefrontKeys,
    WidgetTokens,
  ],
})
export class AccessModule {}
