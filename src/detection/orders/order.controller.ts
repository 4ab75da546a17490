import { Body, Controller, Header, HttpCode, Param, Post, Put, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../access/index.js';
import { CurrentStorefront, type Storefront } from '../../database/index.js';
import { CompleteOrderDto, EditOrderDto, OrderDto, PlaceOrderDto, RefundDto, RefundOrderDto } from './order.dto.js';
import { OrderBulkService } from './order-bulk.service.js';
import { OrderService } from './order.service.js';
import type { OrderCaller } from './order-writer.js';

/** The one address whose body is NDJSON. */
export const BULK_ORDERS_PATH = '/v1/orders/bulk';

@ApiTags('Orders')
@Controller('v1/orders')
export class OrderController {
  constructor(
    private readonly orders: OrderService,
    private readonly bulk: OrderBulkService,
  ) {}

  /** A purchase has begun: the merchant is fixed here. */
  @Post()
  @HttpCode(201)
  @Allow('secret-key')
  placeOrder(
    @CurrentStorefront() storefront: Storefront,
    @CurrentPrincipal() principal: Principal,
    @Body() body: PlaceOrderDto,
  ): Promise<OrderDto> {
    return this.orders.placeOrder(callerOf(storefront, principal), body);
  }

  /** Many orders, one JSON object a line; the answer has one line for each, in order. Lines are committed in batches. */
  @Post('bulk')
  @HttpCode(200)
  @Allow('secret-key')
  @Header('content-type', 'application/x-ndjson')
  @ApiConsumes('application/x-ndjson')
  @ApiBody({ schema: { type: 'string', description: '`{ order, complete?, refunds? }` a line, at most 1 MB each.' } })
  @ApiOkResponse({
    content: {
      'application/x-ndjson': {
        schema: { type: 'string', description: '`{ line, orderId, status, code?, detail? }` a line.' },
      },
    },
  })
  importOrders(
    @CurrentStorefront() storefront: Storefront,
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): StreamableFile {
    return new StreamableFile(this.bulk.importOrders(callerOf(storefront, principal), body), {
      type: 'application/x-ndjson',
    });
  }

  /** All of the order anew, until it is complete or cancelled: the next revision. The merchant stays. */
  @Put(':orderId')
  @Allow('secret-key')
  updateOrder(
    @CurrentStorefront() storefront: Storefront,
    @CurrentPrincipal() principal: Principal,
    @Param('orderId') orderId: string,
    @Body() body: EditOrderDto,
  ): Promise<OrderDto> {
    return this.orders.updateOrder(callerOf(storefront, principal), orderId, body);
  }

  /** The purchase is complete: the reward is queued. */
  @Post(':orderId/complete')
  @HttpCode(202)
  @Allow('secret-key')
  completeOrder(
    @CurrentStorefront() storefront: Storefront,
    @CurrentPrincipal() principal: Principal,
    @Param('orderId') orderId: string,
    @Body() body: CompleteOrderDto,
  ): Promise<OrderDto> {
    return this.orders.completeOrder(callerOf(storefront, principal), orderId, body);
  }

  /** The purchase will not happen. */
  @Post(':orderId/cancel')
  @HttpCode(200)
  @Allow('secret-key')
  cancelOrder(
    @CurrentStorefront() storefront: Storefront,
    @CurrentPrincipal() principal: Principal,
    @Param('orderId') orderId: string,
  ): Promise<OrderDto> {
    return this.orders.cancelOrder(callerOf(storefront, principal), orderId);
  }

  /** Something was given back; before completion too. */
  @Post(':orderId/refunds')
  @HttpCode(202)
  @Allow('secret-key')
  refundOrder(
    @CurrentStorefront() storefront: Storefront,
    @CurrentPrincipal() principal: Principal,
    @Param('orderId') orderId: string,
    @Body() body: RefundOrderDto,
  ): Promise<RefundDto> {
    return this.orders.recordRefund(callerOf(storefront, principal), orderId, body);
  }
}

function callerOf(storefront: Storefront, principal: Principal): OrderCaller {
  return { storefront, keyId: principal.kind === 'storefront' ? principal.keyId : '' };
}
