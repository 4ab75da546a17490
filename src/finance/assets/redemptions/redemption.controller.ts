import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { CurrentStorefront, type Storefront } from '../../../database/index.js';
import { RedeemDto, ReverseRedemptionDto, RedemptionReversalDto, RedemptionDto } from './redemption.dto.js';
import { RedemptionReversalService } from './redemption-reversal.service.js';
import { RedemptionService } from './redemption.service.js';
import type { MerchantId } from '../../../shared/ids.js';
import { REDEEMER_ID } from '../path-ids.js';
import { MERCHANT_ID } from '../../../database/index.js';

@ApiTags('Points and coupons')
@Controller('v1/merchants')
export class RedemptionController {
  constructor(
    private readonly redemptions: RedemptionService,
    private readonly reversals: RedemptionReversalService,
  ) {}

  /** Points or a coupon that the merchant redeemed at the storefront. */
  @Allow('secret-key')
  @Post(':id/redemptions')
  redeemBalance(
    @Param('id', MERCHANT_ID) merchantId: MerchantId,
    @Body() body: RedeemDto,
    @CurrentStorefront() storefront: Storefront,
  ): Promise<RedemptionDto> {
    return this.redemptions.redeem(storefront.id, merchantId, body);
  }

  /** Gives back what was redeemed, all of it or a part. Points return to their lots with their old day of expiry. */
  @Allow('secret-key')
  @Post(':id/redemptions/:redemptionId/reverse')
  reverseRedemption(
    @Param('id', REDEEMER_ID) merchantId: MerchantId,
    @Param('redemptionId') redemptionId: string,
    @Body() body: ReverseRedemptionDto,
    @CurrentStorefront() storefront: Storefront,
  ): Promise<RedemptionReversalDto> {
    return this.reversals.reverse(storefront.id, merchantId, redemptionId, body);
  }
}
