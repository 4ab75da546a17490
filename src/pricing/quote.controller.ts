import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/index.js';
import { CurrentStorefront, type Storefront } from '../database/index.js';
import { QuoteBasketDto, QuoteDto } from './quote.dto.js';
import { QuoteService } from './quote.service.js';

@ApiTags('Visits and quotes')
@Controller('v1/quotes')
export class QuoteController {
  constructor(private readonly quotes: QuoteService) {}

  /** What this shopper pays: the merchant price with attribution, the list price without. */
  @Allow('secret-key', 'publishable-key')
  @Post()
  quoteBasket(@Body() body: QuoteBasketDto, @CurrentStorefront() storefront: Storefront): QuoteDto {
    return this.quotes.quoteBasket(storefront, body);
  }
}
