import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsIdOf } from '../../shared/fields.js';
import { RewardDetailDto } from './reward.dto.js';
import { WordsDto } from '../ledger/index.js';
import type { StorefrontId } from '../../shared/ids.js';

export class OrderQuery {
  /** For staff: the storefront whose order it is, should several have one of this id. */
  @IsOptional()
  @IsIdOf('storefront')
  storefront?: StorefrontId;
}

export class OrderLineDto {
  /** The storefront's product id. */
  sku!: string;

  /** The storefront's category. */
  category!: string | null;

  /** Units. */
  quantity!: number;

  /** Minor units. */
  unitPrice!: number;

  /** Minor units. */
  lineTotal!: number;
}

export class OrderAttributionDto {
  /** mer_… */
  merchant!: string;

  /** How the shopper named the merchant. */
  via!: 'code' | 'referrer';

  /** vis_… */
  visitId!: string;

  /** RFC 3339: when they did. */
  attributedAt!: string;

  /** Why this merchant counts. */
  reason!: string;
}

export class OrderRefundLineDto {
  /** The storefront's product id. */
  sku!: string;

  /** Minor units. */
  amount!: number;
}

export class OrderRefundDto {
  /** The storefront's own id. */
  refundId!: string;

  /** Minor units. */
  amount!: number;

  /** Parts for single products; null: the storefront names none. */
  lines!: OrderRefundLineDto[] | null;

  /** What of the amount is shipping, minor units; null: the storefront does not say. */
  shipping!: number | null;

  /** What of the amount is tax, minor units; null: the storefront does not say. */
  tax!: number | null;

  /** RFC 3339. */
  refundedAt!: string;
}

/** A fact about the order, and what became of it in the ledger. */
export class OrderEventDto {
  /** evt_… */
  id!: string;

  /** order.completed or order.refunded. */
  type!: 'order.completed' | 'order.refunded';

  /** The refund's id; null for the completion. */
  refundId!: string | null;

  /** waiting, posted, kept (a refund that waits for the completion) parked (with an error, for a person) or dismissed (by two people). */
  state!: 'waiting' | 'posted' | 'kept' | 'parked' | 'dismissed';

  /** Whether there is a journal; null until posted. */
  outcome!: 'journal' | 'nothing' | null;

  /** Why nothing was posted, or why it is parked. */
  reason!: string | null;

  /** jnl_… */
  journal!: string | null;

  /** RFC 3339. */
  recordedAt!: string;

  /** RFC 3339; null: not posted. */
  postedAt!: string | null;
}

/** The content of an order before an edit. */
export class OrderRevisionDto {
  /**
   * The placing is 1.
   *
   * @example 1
   */
  revision!: number;

  /** As told then. */
  lines!: OrderLineDto[];

  /** Sum of the lines, minor units. */
  linesTotal!: number;

  /** Minor units. */
  shipping!: number;

  /** Minor units. */
  tax!: number;

  /** The storefront's name for the shopper. */
  shopperRef!: string | null;

  /** RFC 3339. */
  placedAt!: string;

  /** RFC 3339: when the next revision came. */
  replacedAt!: string;
}

/** An order with its history. */
export class OrderDetailDto {
  /** ord_… */
  id!: string;

  /** The storefront's own id. */
  orderId!: string;

  /** sto_… */
  storefront!: string;

  /** placed, completed or cancelled. */
  state!: 'placed' | 'completed' | 'cancelled';

  /** ISO 4217. */
  currency!: string;

  /**
   * The latest revision, which all that stands here is of: 1 as placed, one more for each edit.
   *
   * @example 2
   */
  revision!: number;

  /** What edits replaced, the placing first. */
  revisions!: OrderRevisionDto[];

  /** Of the latest revision. */
  lines!: OrderLineDto[];

  /** Minor units. */
  shipping!: number;

  /** Minor units. */
  tax!: number;

  /** The storefront's name for the shopper. */
  shopperRef!: string | null;

  /** The merchant who brought the shopper; null: none. Fixed when the order was placed. */
  attribution!: OrderAttributionDto | null;

  /** RFC 3339. */
  placedAt!: string;

  /** All that was paid; null before completion. */
  amountPaid!: number | null;

  /** RFC 3339; null before completion. */
  completedAt!: string | null;

  /** Why the completion earned nothing, in words; null before it is posted, and when it earned something. */
  @ApiProperty({ type: WordsDto, nullable: true })
  noReward!: WordsDto | null;

  /** The completion and the refunds. */
  events!: OrderEventDto[];

  /** What was given back. */
  refunds!: OrderRefundDto[];

  /** What the merchant earned, and why, and what has happened to it. */
  rewards!: RewardDetailDto[];
}
