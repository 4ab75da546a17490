import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import { PageQuery, pageRequest } from '../../shared/page.dto.js';
import { BankAccountChangeService } from './bank-account-change.service.js';
import { WaitingAccountPageDto } from './waiting-account.dto.js';

@ApiTags('Merchants')
@Controller('v1/bank-account-changes')
@Allow('reviewer', 'admin')
export class WaitingAccountsController {
  constructor(private readonly bankAccounts: BankAccountChangeService) {}

  /** Changes of bank accounts that wait for a review, of all merchants, the oldest first. */
  @Get()
  listWaitingBankAccounts(@Query() query: PageQuery): Promise<WaitingAccountPageDto> {
    return this.bankAccounts.waiting(pageRequest(query));
  }
}
