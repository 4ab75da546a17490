import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { pointsEntities } from './points/points-lot.entity.js';
import { couponEntities } from './coupons/coupon.entity.js';
import { redemptionEntities } from './redemptions/redemption.entity.js';

import { AccessModule } from '../../access/index.js';
import { DeskModule } from '../../desk/index.js';
import { DatabaseModule } from '../../database/index.js';
import { LedgerModule } from '../ledger/index.js';
import { AssetFinder } from './asset-finder.repository.js';
import { CouponController } from './coupons/coupon.controller.js';
import { CouponExpiryService } from './coupons/coupon-expiry.service.js';
import { CouponReadingRepository } from './coupons/coupon-reading.repository.js';
import { CouponRepository } from './coupons/coupon.repository.js';
import { CouponService } from './coupons/coupon.service.js';
import { CouponStock } from './coupons/coupon-stock.js';
import { CouponTemplateController } from './coupons/coupon-template.controller.js';
import { CouponTemplateService } from './coupons/coupon-template.service.js';
import { PointsController } from './points/points.controller.js';
import { PointsExpiryService } from './points/points-expiry.service.js';
import { PointsLotRepository } from './points/points-lot.repository.js';
import { PointsLots } from './points/points-lots.js';
import { PointsReadingRepository } from './points/points-reading.repository.js';
import { PointsReadingService } from './points/points-reading.service.js';
import { CouponUseController } from './redemptions/coupon-use.controller.js';
import { CouponUseService } from './redemptions/coupon-use.service.js';
import { RedemptionController } from './redemptions/redemption.controller.js';
import { RedemptionReversalService } from './redemptions/redemption-reversal.service.js';
import { RedemptionService } from './redemptions/redemption.service.js';
import { AssetsPersonalData } from './assets-personal-data.repository.js';

/** Points and coupons: what they are made of, what they are worth, how they are redeemed, and when they expire. */
@Module({
  imports: [
    TypeOrmModule.forFeature([...pointsEntities, ...couponEntities, ...redemptionEntities]),
    AccessModule,
    DeskModule,
    DatabaseModule,
    LedgerModule,
  ],
  controllers: [
    PointsController,
    CouponTemplateController,
    CouponController,
    CouponUseController,
    RedemptionController,
  ],
  providers: [
    AssetsPersonalData,
    AssetFinder,
    PointsLots,
    PointsLotRepository,
    PointsReadingRepository,
    PointsReadingService,
    PointsExpiryService,
    CouponStock,
    CouponRepository,
    CouponReadingRepository,
    CouponService,
    CouponTemplateService,
    CouponExpiryService,
    CouponUseService,
    RedemptionService,
    RedemptionReversalService,
  ],
  exports: [CouponTemplateService, CouponExpiryService, PointsExpiryService],
})
export class AssetsModule {}
