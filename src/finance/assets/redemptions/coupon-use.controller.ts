import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { CurrentStorefront, type Storefront } from '../../../database/index.js';
import {
  CouponBasketDto,
  CouponQuoteView,
  CouponReleaseDto,
  CouponReservationDto,
  CouponUseDto,
  CouponUsedView,
  CouponView,
} from '../coupons/coupon.dto.js';
import { CouponUseService } from './coupon-use.service.js';

@ApiTags('Points and coupons')
@Controller('v1/coupons/:code')
export class CouponUseController {
  constructor(private readonly coupons: CouponUseService) {}

  /** What a coupon would take off; nothing changes. */
  @Allow('secret-key')
  @Post('quote')
  @HttpCode(200)
  quoteCoupon(
    @Param('code') code: string,
    @Body() body: CouponBasketDto,
    @CurrentStorefront() storefront: Storefront,
  ): Promise<CouponQuoteView> {
    return this.coupons.quote(storefront.id, code, body);
  }

  /** Keeps a coupon for an order, and says what it takes off. The same again answers the same. */
  @Allow('secret-key')
  @Post('reserve')
  @HttpCode(200)
  reserveCoupon(
    @Param('code') code: string,
    @Body() body: CouponReservationDto,
    @CurrentStorefront() storefront: Storefront,
  ): Promise<CouponQuoteView> {
    return this.coupons.reserve(storefront.id, code, body);
  }

  /** Uses a coupon for the order that it is reserved for; with the lines also without a reservation. */
  @Allow('secret-key')
  @Post('redeem')
  @HttpCode(200)
  redeemCoupon(
    @Param('code') code: string,
    @Body() body: CouponUseDto,
    @CurrentStorefront() storefront: Storefront,
  ): Promise<CouponUsedView> {
    return this.coupons.redeem(storefront.id, code, body);
  }

  /** Releases a reserved coupon. */
  @Allow('secret-key')
  @Post('release')
  @HttpCode(200)
  releaseCoupon(
    @Param('code') code: string,
    @Body() body: CouponReleaseDto,
    @CurrentStorefront() storefront: Storefront,
  ): Promise<CouponView> {
    return this.coupons.release(storefront.id, code, body.orderId);
  }
}
