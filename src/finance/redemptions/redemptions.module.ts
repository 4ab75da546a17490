import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/index.js';
import { DatabaseModule } from '../../database/index.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { RedemptionController } from './redemption.controller.js';
import { RedemptionReversalService } from './redemption-reversal.service.js';
import { RedemptionService } from './redemption.service.js';

/** Points and coupons that are used at storefronts. */
@Module({
  imports: [AccessModule, DatabaseModule, LedgerModule],
  controllers: [RedemptionController],
  providers: [RedemptionService, RedemptionReversalService],
  exports: [RedemptionService],
})
export class RedemptionsModule {}
