import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { BankAccountService } from './bank-account.service.js';
import { DatabaseModule } from './database.module.js';
import { DecisionLog } from './decision-log.js';
import { MerchantApplicationService } from './merchant-application.service.js';
import { MerchantService } from './merchant.service.js';
import { JoinController } from '../api/join/join.controller.js';
import { ApplicationController } from './application.controller.js';
import { AuditedDecisionLog } from './audited-decision-log.js';
import { MerchantController } from './merchant.controller.js';
import { Registrar } from './registrar.js';

/** The merchant registry over HTTP. It stands here since only from here both it and `access` can be seen (ADR 0002). */
@Module({
  imports: [DatabaseModule, AccessModule],
  controllers: [ApplicationController, MerchantController, JoinController],
  providers: [
    MerchantApplicationService,
    MerchantService,
    BankAccountService,
    { provide: DecisionLog, useClass: AuditedDecisionLog },
    Registrar,
  ],
})
export class MerchantsModule {}
