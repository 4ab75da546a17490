import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { pageRequest } from '../../../shared/page.dto.js';
import { WaitingMerchantsPageDto, WaitingMerchantsQuery } from './waiting-merchants.dto.js';
import { WaitingMerchantsService } from './waiting-merchants.service.js';

@ApiTags('Payouts')
@Controller('v1/finance/waiting-merchants')
@Allow('finance-maker', 'finance-checker', 'auditor')
export class WaitingMerchantsController {
  constructor(private readonly waiting: WaitingMerchantsService) {}

  /** Merchants who could be paid and have waited for too long, the longest first. */
  @Get()
  listWaitingMerchants(@Query() query: WaitingMerchantsQuery): Promise<WaitingMerchantsPageDto> {
    return this.waiting.listWaiting(query.currency, pageRequest(query));
  }
}
