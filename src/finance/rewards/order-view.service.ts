import { Injectable } from '@nestjs/common';
import type { Principal } from '../../access/index.js';
import {
  OrderReader,
  type OrderEventView,
  type OrderView,
  type ReplacedRevision,
  type OrderErrorCode,
} from '../../detection/orders/index.js';
import type { OrderLine } from '../../pricing/index.js';
import { DomainError, type SharedErrorCode } from '../../shared/domain-error.js';
import { minorToWire } from '../../shared/money.js';
import { noRewardOf } from './no-reward.js';
import { RewardReadingService } from './reward-reading.service.js';
import type {
  OrderDetailDto,
  OrderEventDto,
  OrderLineDto,
  OrderRefundDto,
  OrderRevisionDto,
} from './order-view.dto.js';
import type { StorefrontId } from '../../shared/ids.js';

/** An order with what it earned: detection knows the one, finance the other. */
@Injectable()
export class OrderViewService {
  constructor(
    private readonly orders: OrderReader,
    private readonly rewards: RewardReadingService,
  ) {}

  /**
   * A storefront's own order, or for staff any order. Throws `order.not-found`, and `request.invalid` when staff must
   * name the storefront because several have such an order.
   */
  async readOrder(orderId: string, principal: Principal, storefrontId?: StorefrontId): Promise<OrderDetailDto> {
    const of = principal.kind === 'storefront' ? principal.storefrontId : storefrontId;
    const [found, ...others] = await this.orders.findByOrderId(orderId, of);
    if (!found) throw new DomainError<OrderErrorCode>('order.not-found', 'There is no order of this id.');
    if (others.length > 0)
      throw new DomainError<SharedErrorCode>('request.invalid', 'Several storefronts have an order of this id.', [
        { pointer: '/storefront', detail: 'must be given, because several storefronts have an order of this id' },
      ]);
    const replaced = await this.orders.findReplaced(found);
    return {
      ...orderView(found),
      revisions: replaced.map(revisionView),
      rewards: await this.rewards.readRewardsOf(found),
    };
  }
}

function orderView({ order, revision, events }: OrderView): Omit<OrderDetailDto, 'rewards' | 'revisions'> {
  const { attribution } = order;
  return {
    id: order.id,
    orderId: order.orderId,
    storefront: order.storefrontId,
    state: order.state,
    revision,
    currency: order.currency,
    lines: order.lines.map(lineView),
    shipping: minorToWire(order.shipping),
    tax: minorToWire(order.tax),
    shopperRef: order.shopperRef,
    attribution: attribution && {
      merchant: attribution.merchantId,
      via: attribution.via,
      visitId: attribution.visitId,
      attributedAt: attribution.attributedAt,
      reason: attribution.reason,
    },
    placedAt: order.placedAt.toISOString(),
    amountPaid: order.amountPaid === null ? null : minorToWire(order.amountPaid),
    completedAt: order.completedAt?.toISOString() ?? null,
    noReward: noRewardOf(events),
    events: events.map(eventView),
    refunds: events.flatMap(refundView),
  };
}

function revisionView(replaced: ReplacedRevision): OrderRevisionDto {
  return {
    revision: replaced.revision,
    lines: replaced.lines.map(lineView),
    linesTotal: minorToWire(replaced.linesTotal),
    shipping: minorToWire(replaced.shipping),
    tax: minorToWire(replaced.tax),
    shopperRef: replaced.shopperRef,
    placedAt: replaced.placedAt.toISOString(),
    replacedAt: replaced.replacedAt.toISOString(),
  };
}

function lineView({ sku, category, quantity, unitPrice, lineTotal }: OrderLine): OrderLineDto {
  return { sku, category, quantity, unitPrice: minorToWire(unitPrice), lineTotal: minorToWire(lineTotal) };
}

function eventView(event: OrderEventView): OrderEventDto {
  return {
    id: event.id,
    type: event.type,
    refundId: event.type === 'order.refunded' ? event.refundId : null,
    state: event.state,
    outcome: event.outcome,
    reason: event.reason ?? event.error,
    journal: event.journalId,
    recordedAt: event.recordedAt.toISOString(),
    postedAt: event.postedAt?.toISOString() ?? null,
  };
}

function refundView(event: OrderEventView): OrderRefundDto[] {
  if (event.type !== 'order.refunded') return [];
  const lines = event.lines && event.lines.map(({ sku, amount }) => ({ sku, amount: minorToWire(amount) }));
  const wire = (amount: bigint | null) => (amount === null ? null : minorToWire(amount));
  return [
    {
      refundId: event.refundId,
      amount: minorToWire(event.amount),
      lines,
      shipping: wire(event.shipping),
      tax: wire(event.tax),
      refundedAt: event.refundedAt.toISOString(),
    },
  ];
}
