import { Injectable } from '@nestjs/common';
import { DomainError } from '../../shared/domain-error.js';
import { isText } from '../../shared/fields.js';
import { minorToWire } from '../../shared/money.js';
import type { OrderErrorCode } from './errors.js';
import type { Attribution } from '../visits/index.js';
import type {
  AttributionDto,
  CompleteOrderDto,
  EditOrderDto,
  OrderDto,
  PlaceOrderDto,
  RefundDto,
  RefundOrderDto,
} from './order.dto.js';
import { orderTotal, type OrderRecord } from './order.js';
import type { OrderState } from './order-state.js';
import { OrderGroups } from './order-groups.js';
import type { Instruction } from './order-instruction.js';
import type { OrderCaller } from './order-writer.js';

/** Orders one by one. Each answer tells what the call did, so a repeat gets the same answer whatever came in between. */
@Injectable()
export class OrderService {
  constructor(private readonly groups: OrderGroups) {}

  async placeOrder(caller: OrderCaller, request: PlaceOrderDto): Promise<OrderDto> {
    return orderDto(await this.carryOut(caller, { orderId: request.orderId, place: request }), 'placed');
  }

  async updateOrder(caller: OrderCaller, orderId: string, { ...content }: EditOrderDto): Promise<OrderDto> {
    return orderDto(await this.carryOut(caller, { orderId, place: { ...content, orderId } }), 'placed');
  }

  async completeOrder(caller: OrderCaller, orderId: string, request: CompleteOrderDto): Promise<OrderDto> {
    return orderDto(await this.carryOut(caller, { orderId, complete: request }), 'completed');
  }

  async cancelOrder(caller: OrderCaller, orderId: string): Promise<OrderDto> {
    return orderDto(await this.carryOut(caller, { orderId, cancel: true }), 'cancelled');
  }

  async recordRefund(caller: OrderCaller, orderId: string, request: RefundOrderDto): Promise<RefundDto> {
    const order = await this.carryOut(caller, { orderId, refunds: [request] });
    const refund = order.refunds.find(({ refundId }) => refundId === request.refundId);
    if (!refund) throw new Error(`refund of ${order.id} was not recorded`);
    return {
      refundId: refund.refundId,
      orderId,
      amount: minorToWire(refund.amount),
      currency: order.currency,
      refundedAt: refund.refundedAt.toISOString(),
    };
  }

  private async carryOut(caller: OrderCaller, instruction: Instruction): Promise<OrderRecord> {
    if (!isText(instruction.orderId, 64))
      throw new DomainError<OrderErrorCode>('order.not-found', 'This storefront has no such order.');
    const outcome = await this.groups.carryOut(caller, instruction);
    if ('error' in outcome) throw outcome.error;
    return outcome.order;
  }
}

/** The order as the call that made it `state` left it. */
function orderDto(order: OrderRecord, state: OrderState): OrderDto {
  const completion = state === 'completed' ? order : null;
  return {
    id: order.id,
    orderId: order.orderId,
    state,
    revision: order.revision,
    currency: order.currency,
    linesTotal: minorToWire(order.linesTotal),
    shipping: minorToWire(order.shipping),
    tax: minorToWire(order.tax),
    total: minorToWire(orderTotal(order)),
    attributed: order.attribution !== null,
    attribution: order.attribution && attributionDto(order.attribution),
    placedAt: order.placedAt.toISOString(),
    amountPaid: completion?.amountPaid == null ? null : minorToWire(completion.amountPaid),
    completedAt: completion?.completedAt?.toISOString() ?? null,
  };
}

function attributionDto({ merchantId, ...attribution }: Attribution): AttributionDto {
  return { merchant: merchantId, ...attribution };
}
