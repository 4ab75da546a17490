import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { CurrentStorefront, type Storefront } from '../../../database/index.js';
import {
  QuoteCouponDto,
  CouponQuoteDto,
  ReleaseCouponDto,
  ReserveCouponDto,
  RedeemCouponDto,
  RedeemedCouponDto,
  CouponDto,
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
    @Body() body: QuoteCouponDto,
    @CurrentStorefront() storefront: Storefront,
  ): Promise<CouponQuoteDto> {
    return this.coupons.quote(storefront.id, code, body);
  }

  /** Keeps a coupon for an order, and says what it takes off. The same again answers the same. */
  @Allow('secret-key')
  @Post('reserve')
  @HttpCode(200)
  reserveCoupon(
    @Param('code') code: string,
    @Body() body: ReserveCouponDto,
    @CurrentStorefront() storefront: Storefront,
  ): Promise<CouponQuoteDto> {
    return this.coupons.reserve(storefront.id, code, body);
  }

  /** Uses a coupon for the order that it is reserved for; with the lines also without a reservation. */
  @Allow('secret-key')
  @Post('redeem')
  @HttpCode(200)
  redeemCoupon(
    @Param('code') code: string,
    @Body() body: RedeemCouponDto,
    @CurrentStorefront() storefront: Storefront,
  ): Promise<RedeemedCouponDto> {
    return this.coupons.redeem(storefront.id, code, body);
  }

  /** Releases a reserved coupon. */
  @Allow('secret-key')
  @Post('release')
  @HttpCode(200)
  releaseCoupon(
    @Param('code') code: string,
    @Body() body: ReleaseCouponDto,
    @CurrentStorefront() storefront: Storefront,
  ): Promise<CouponDto> {
    return this.coupons.release(storefront.id, code, body.orderId);
  }
}
