import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../../access/index.js';
import { CouponPageDto, CouponQuery, RevokeCouponDto, CouponDto } from './coupon.dto.js';
import { CouponService } from './coupon.service.js';
import type { CouponId, MerchantId } from '../../../shared/ids.js';
import { MERCHANT_ID } from '../../../database/index.js';
import { COUPON_ID, COUPON_OWNER_ID } from '../path-ids.js';

@ApiTags('Points and coupons')
@Controller('v1/merchants')
export class CouponController {
  constructor(private readonly coupons: CouponService) {}

  /** A merchant's coupons. The merchant and storefronts get the codes; staff see the end of each. */
  @Allow('staff', 'secret-key', 'merchant')
  @Get(':id/coupons')
  listCoupons(
    @Param('id', MERCHANT_ID) merchantId: MerchantId,
    @Query() query: CouponQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CouponPageDto> {
    return this.coupons.listCoupons(merchantId, query, principal);
  }

  /** Takes a coupon back that has not been redeemed. */
  @Allow('finance-checker', 'admin')
  @Post(':id/coupons/:couponId/revoke')
  @HttpCode(200)
  revokeCoupon(
    @Param('id', COUPON_OWNER_ID) merchantId: MerchantId,
    @Param('couponId', COUPON_ID) couponId: CouponId,
    @Body() body: RevokeCouponDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CouponDto> {
    return this.coupons.revokeCoupon(merchantId, couponId, body.reason, principal);
  }
}
