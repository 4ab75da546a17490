import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';

import { PlatformAccountDto, PlatformAccountsDto, PutPlatformAccountDto } from './platform-account.dto.js';
import { CurrencyParam } from './currency.param.js';
import { PlatformAccountService } from './platform-account.service.js';
import { present } from '../../../shared/present.js';

@ApiTags('Payouts')
@Controller('v1/platform-accounts')
export class PlatformAccountController {
  constructor(private readonly accounts: PlatformAccountService) {}

  /** Sets the operator's own account that payouts of a currency leave from. */
  @Put(':currency')
  @Allow('admin')
  setPlatformAccount(
    @CurrentPrincipal() by: Staff,
    @Param() { currency }: CurrencyParam,
    @Body() body: PutPlatformAccountDto,
  ): Promise<PlatformAccountDto> {
    return this.accounts.putAccount(by, currency, present(body));
  }

  /** The operator's own accounts, numbers masked. */
  @Get()
  @Allow('admin', 'finance-maker', 'finance-checker', 'auditor')
  listPlatformAccounts(): Promise<PlatformAccountsDto> {
    return this.accounts.listAccounts();
  }
}
