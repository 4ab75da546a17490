import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { BalancesDto } from './balance.dto.js';
import { BalanceService } from './balance.service.js';
import type { MerchantId } from '../../../shared/ids.js';
import { MERCHANT_ID } from '../../../database/index.js';

@ApiTags('Statements')
@Controller('v1/merchants')
export class BalanceController {
  constructor(private readonly accounts: BalanceService) {}

  /** What a merchant has, by asset; for staff, and for the merchant with the token of their application. */
  @Allow('staff', 'merchant', 'widget')
  @Get(':id/balances')
  readBalances(@Param('id', MERCHANT_ID) merchantId: MerchantId): Promise<BalancesDto> {
    return this.accounts.readBalances(merchantId);
  }
}
