import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { BalanceListQuery, BalancesDto, MerchantBalancePageDto } from './balance.dto.js';
import { BalanceService } from './balance.service.js';
import { pageRequest } from '../../../shared/page.dto.js';
import type { MerchantId } from '../../../shared/ids.js';
import { MERCHANT_ID } from '../../../database/index.js';

@ApiTags('Statements')
@Controller('v1')
export class BalanceController {
  constructor(private readonly accounts: BalanceService) {}

  /** What a merchant has, by asset; for staff, and for the merchant with the token of their application. */
  @Allow('staff', 'merchant', 'widget')
  @Get('merchants/:id/balances')
  readBalances(@Param('id', MERCHANT_ID) merchantId: MerchantId): Promise<BalancesDto> {
    return this.accounts.readBalances(merchantId);
  }

  /** What every merchant has in one asset. */
  @Allow('finance-maker', 'finance-checker', 'auditor')
  @Get('finance/balances')
  listBalances(@Query() query: BalanceListQuery): Promise<MerchantBalancePageDto> {
    return this.accounts.listBalances(query.asset, pageRequest(query));
  }
}
