import { Module } from '@nestjs/common';
import { AccessModule } from '../../../access/index.js';
import { DatabaseModule } from '../../../database/index.js';
import { LedgerModule } from '../../ledger/index.js';
import { CouponUseController } from './coupon-use.controller.js';
import { CouponUseService } from './coupon-use.service.js';
import { CouponsModule } from '../coupons/coupons.module.js';
import { PointsModule } from '../points/points.module.js';
import { RedemptionController } from './redemption.controller.js';
import { RedemptionReversalService } from './redemption-reversal.service.js';
import { RedemptionService } from './redemption.service.js';

/** Points and coupons that are used at storefronts. */
@Module({
  imports: [AccessModule, DatabaseModule, LedgerModule, PointsModule, CouponsModule],
  controllers: [RedemptionController, CouponUseController],
  providers: [RedemptionService, RedemptionReversalService, CouponUseService],
  exports: [RedemptionService],
})
export class RedemptionsModule {}
