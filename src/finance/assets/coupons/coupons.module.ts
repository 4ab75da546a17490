import { Module } from '@nestjs/common';
import { AccessModule } from '../../../access/index.js';
import { DatabaseModule } from '../../../database/index.js';
import { LedgerModule } from '../../ledger/index.js';
import { CouponController } from './coupon.controller.js';
import { CouponExpiryService } from './coupon-expiry.service.js';
import { CouponReadingRepository } from './coupon-reading.repository.js';
import { CouponService } from './coupon.service.js';
import { CouponTemplateController } from './coupon-template.controller.js';
import { CouponTemplateService } from './coupon-template.service.js';

/** Coupons: what they are worth, who has which, and when they lapse. */
@Module({
  imports: [AccessModule, DatabaseModule, LedgerModule],
  controllers: [CouponTemplateController, CouponController],
  providers: [CouponTemplateService, CouponService, CouponExpiryService, CouponReadingRepository],
  exports: [CouponTemplateService, CouponExpiryService, CouponReadingRepository],
})
export class CouponsModule {}
