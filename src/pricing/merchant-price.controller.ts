import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/index.js';
import { MERCHANT_ID } from '../database/index.js';
import type { MerchantId } from '../shared/ids.js';
import { MerchantPriceDto, MerchantPriceQuery } from './merchant-price.dto.js';
import { QuoteService } from './quote.service.js';

@ApiTags('Merchants')
@Controller('v1/merchants')
export class MerchantPriceController {
  constructor(private readonly quotes: QuoteService) {}

  /** The merchant price of one product, to be shown before a shopper comes. It is worked out from the list price that is given; nothing is kept. */
  @Allow('staff', 'merchant')
  @Get(':id/merchant-price')
  readMerchantPrice(
    @Param('id', MERCHANT_ID) merchantId: MerchantId,
    @Query() query: MerchantPriceQuery,
  ): MerchantPriceDto {
    return this.quotes.readMerchantPrice(merchantId, query);
  }
}
