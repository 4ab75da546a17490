import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../access/index.js';
import { OrderDetailDto, OrderQuery } from './order-view.dto.js';
import { OrderListQuery, OrderSummaryPageDto } from './order-list.dto.js';
import { OrderListService } from './order-list.service.js';
import { OrderViewService } from './order-view.service.js';

@ApiTags('Orders')
@Controller('v1/orders')
export class OrderViewController {
  constructor(
    private readonly orders: OrderViewService,
    private readonly lists: OrderListService,
  ) {}

  /** Orders, the latest placed first: for staff those of all storefronts, for a storefront its own. */
  @Allow('secret-key', 'staff')
  @Get()
  listOrders(@CurrentPrincipal() principal: Principal, @Query() query: OrderListQuery): Promise<OrderSummaryPageDto> {
    return this.lists.listOrders(principal, query);
  }

  /** An order, its events, and what it earned whom, and why. */
  @Allow('secret-key', 'staff')
  @Get(':orderId')
  readOrder(
    @Param('orderId') orderId: string,
    @Query() query: OrderQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<OrderDetailDto> {
    return this.orders.readOrder(orderId, principal, query.storefront);
  }
}
