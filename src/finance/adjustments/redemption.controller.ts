import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentStorefront, type Storefront } from '../../access/index.js';
import { RedemptionDto, RedemptionView } from './redemption.dto.js';
import { RedemptionService } from './redemption.service.js';

@ApiTags('Merchants')
@ApiBearerAuth()
@Controller('v1/merchants')
export class RedemptionController {
  constructor(private readonly redemptions: RedemptionService) {}

  /** Points or a coupon that the merchant used at the storefront. */
  @Allow('secret-key')
  @Post(':id/redemptions')
  redeem(
    @Param('id') merchantId: string,
    @Body() body: RedemptionDto,
    @CurrentStorefront() storefront: Storefront,
  ): Promise<RedemptionView> {
    return this.redemptions.redeem(storefront.id, merchantId, body);
  }
}
