import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AuditLog } from './audit-log.js';
import { AuditLogController } from './audit-log.controller.js';
import { Authenticator } from './authenticator.js';
import { DatabaseModule } from '../database/index.js';
import { ExpirySweep } from './expiry-sweep.js';
import { IdempotencyStore } from './idempotency.store.js';
import { MerchantCaller } from './merchant-caller.js';
import { RouteCheck } from './route-check.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';
import { StaffController } from './staff.controller.js';
import { StaffRepository } from './staff.repository.js';
import { StaffService } from './staff.service.js';
import { StorefrontController } from '../database/index.js';
import { StorefrontDirectory } from '../database/index.js';
import { StorefrontMemory } from '../database/index.js';
import { StorefrontRepository } from '../database/index.js';
import { StorefrontService } from '../database/index.js';

/** Who calls, what they may do, what they did. */
@Module({
  imports: [DatabaseModule, DiscoveryModule],
  controllers: [SessionController, SecondFactorController, StaffController, StorefrontController, AuditLogController],
  providers: [
    AccessGuard,
    AuditLog,
    Authenticator,
    ExpirySweep,
    IdempotencyStore,
    MerchantCaller,
    RouteCheck,
    SecondFactorService,
    SessionService,
    StaffRepository,
    StaffService,
    StorefrontMemory,
    { provide: StorefrontDirectory, useExisting: StorefrontMemory },
    StorefrontRepository,
    StorefrontService,
  ],
  exports: [
    AccessGuard,
    AuditLog,
    Authenticator,
    IdempotencyStore,
    MerchantCaller,
    RouteCheck,
    StorefrontDirectory,
    StorefrontMemory,
  ],
})
export class AccessModule {}
