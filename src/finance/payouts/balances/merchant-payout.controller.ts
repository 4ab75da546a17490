import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../../access/index.js';
import { PageQuery, pageRequest } from '../../../shared/page.dto.js';
import { MerchantPayoutPageDto } from './merchant-payout.dto.js';
import { MerchantPayoutService } from './merchant-payout.service.js';
import type { MerchantId } from '../../../shared/ids.js';
import { MERCHANT_ID } from '../../../database/index.js';

@ApiTags('Statements')
@Controller('v1/merchants')
export class MerchantPayoutController {
  constructor(private readonly payouts: MerchantPayoutService) {}

  /** A merchant's payouts that were approved, the latest first; for staff, and for the merchant. */
  @Allow('staff', 'merchant')
  @Get(':id/payouts')
  listMerchantPayouts(
    @CurrentPrincipal() by: Principal,
    @Param('id', MERCHANT_ID) merchantId: MerchantId,
    @Query() query: PageQuery,
  ): Promise<MerchantPayoutPageDto> {
    return this.payouts.listPayouts(by, merchantId, pageRequest(query));
  }
}
