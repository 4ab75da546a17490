import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import { MERCHANT_ID } from '../../database/index.js';
import type { MerchantId } from '../../shared/ids.js';
import { MerchantOrderPageDto, MerchantOrderQuery } from './order-list.dto.js';
import { OrderListService } from './order-list.service.js';

@ApiTags('Statements')
@Controller('v1/merchants')
export class MerchantOrderController {
  constructor(private readonly orders: OrderListService) {}

  /**
   * The orders that a merchant brought, the latest placed first, with what each earned and why; for staff, and for the
   * merchant. The shopper is masked, and what was bought is not told.
   */
  @Allow('staff', 'merchant')
  @Get(':id/orders')
  listMerchantOrders(
    @Param('id', MERCHANT_ID) merchantId: MerchantId,
    @Query() query: MerchantOrderQuery,
  ): Promise<MerchantOrderPageDto> {
    return this.orders.listMerchantOrders(merchantId, query);
  }
}
