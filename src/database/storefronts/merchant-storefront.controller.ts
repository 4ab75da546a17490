import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import type { MerchantId } from '../../shared/ids.js';
import { MERCHANT_ID } from '../path-ids.js';
import { MerchantStorefrontsDto } from './merchant-storefront.dto.js';
import { StorefrontService } from './storefront.service.js';

@ApiTags('Merchants')
@Controller('v1/merchants')
export class MerchantStorefrontController {
  constructor(private readonly storefronts: StorefrontService) {}

  /** The shops that a merchant may bring shoppers to; every merchant may bring them to every storefront. */
  @Allow('staff', 'merchant')
  @Get(':id/storefronts')
  listMerchantStorefronts(@Param('id', MERCHANT_ID) _id: MerchantId): MerchantStorefrontsDto {
    return { items: this.storefronts.listForMerchants() };
  }
}
