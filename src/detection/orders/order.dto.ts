import type { VisitId } from '../../shared/ids.js';
import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsObject, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { IsAmount, IsCurrencyCode, IsIdOf, IsInstant, IsListOf, IsText } from '../../shared/fields.js';
import { BasketLineDto, MAX_LINES } from '../../pricing/index.js';
import { MAX_TOKEN_LENGTH } from '../visits/index.js';

/** The rule that decided a price, as a quote names it. */
export class QuotedRuleDto {
  /** prl_… */
  @IsText(40)
  id!: string;

  /** Its version. */
  @IsAmount(1)
  version!: number;

  /** For people. */
  @IsOptional()
  @IsText(200)
  name?: string | null;

  /** What it does to the price of one unit. */
  @IsText(32)
  kind!: string;
}

/** One line of an order. A line of a quote's answer is one as it stands. */
export class PlaceOrderLineDto extends BasketLineDto {
  /** What the line costs the shopper, in minor units: at most unitPrice × quantity. */
  @IsAmount()
  lineTotal!: number;

  /** As a quote answers it. Decides nothing and is not kept: `unitPrice` is what the shopper pays. */
  @IsOptional()
  @IsAmount()
  listUnitPrice?: number | null;

  /** As a quote answers it. Decides nothing and is not kept: the quote token says what was promised. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => QuotedRuleDto)
  rule?: QuotedRuleDto | null;
}

/** How the shopper came, told by the storefront's server. */
export class GivenAttributionDto {
  /** The merchant's code that the shopper came with; one that is not an active merchant's attributes nothing. */
  @IsText(64)
  merchantCode!: string;

  /** When they came with it; it counts inside the storefront's attribution window. */
  @IsInstant()
  at!: string;
}

/** A purchase that has begun. */
export class PlaceOrderDto {
  /** The storefront's own order id. */
  @IsText(64)
  orderId!: string;

  /** The visit token: decides which merchant counts. */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TOKEN_LENGTH)
  visit?: string | null;

  /** Instead of the token: the id of a visit of this storefront that was recorded. It says what its latest token says. */
  @IsOptional()
  @IsIdOf('visit')
  visitId?: VisitId | null;

  /** Instead of token and id: the merchant's code and the moment. A visit is recorded with the order. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => GivenAttributionDto)
  attribution?: GivenAttributionDto | null;

  /** The quote token; the lines must be those of the quote. */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TOKEN_LENGTH)
  quote?: string | null;

  /** The storefront's currency. */
  @IsCurrencyCode()
  currency!: string;

  /** What is bought, 1–10,000 lines. */
  @IsListOf(() => PlaceOrderLineDto, 1, MAX_LINES)
  lines!: PlaceOrderLineDto[];

  /** Shipping, in minor units; no part of the commissionable amount. */
  @IsOptional()
  @IsAmount()
  shipping?: number | null;

  /** Tax on top of the lines, in minor units; no part of the commissionable amount. */
  @IsOptional()
  @IsAmount()
  tax?: number | null;

  /** The storefront's own reference for the shopper. */
  @IsOptional()
  @IsText(128)
  shopperRef?: string | null;

  /** When it was placed; now, when absent. Not before the visit that brought the shopper, unless it is `history`. */
  @IsOptional()
  @IsInstant()
  placedAt?: string | null;

  /** An order of the past that is imported: `placedAt` may lie before the visit of the token that names its merchant. */
  @IsOptional()
  @IsBoolean()
  history?: boolean | null;

  /** Which revision of the order this makes: 1 places it, and is meant when absent; the latest plus one edits it. */
  @IsOptional()
  @IsAmount(1)
  revision?: number | null;
}

/** All of an order anew, while it is placed. */
export class EditOrderDto extends OmitType(PlaceOrderDto, [
  'orderId',
  'revision',
  'visit',
  'visitId',
  'attribution',
  'quote',
  'placedAt',
]) {
  /**
   * The revision that this makes: the latest plus one; the placing was 1.
   *
   * @example 2
   */
  @IsAmount(2)
  revision!: number;

  /** A visit token; it must name the merchant and the visit of the order, which stay when it is absent. */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TOKEN_LENGTH)
  visit?: string | null;

  /** A quote token for these lines; it must name the merchant and the visit of the order. */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TOKEN_LENGTH)
  quote?: string | null;

  /** When it was placed; as told before, when absent. */
  @IsOptional()
  @IsInstant()
  placedAt?: string | null;
}

/** The purchase is complete. */
export class CompleteOrderDto {
  /** All that was paid, with shipping and tax, in minor units. */
  @IsAmount()
  amountPaid!: number;

  /** When it was completed, not before it was placed; now, when absent. */
  @IsOptional()
  @IsInstant()
  completedAt?: string | null;
}

/** The part of a refund for one sku. */
export class RefundOrderLineDto {
  /** A sku of the order. */
  @IsText(128)
  sku!: string;

  /** Minor units. */
  @IsAmount()
  amount!: number;
}

/** Something was given back. */
export class RefundOrderDto {
  /** The storefront's own refund id. */
  @IsText(64)
  refundId!: string;

  /** Minor units. */
  @IsAmount(1)
  amount!: number;

  /**
   * For what, as far as the storefront knows; adds up to no more than the amount. What neither lines nor `shipping` and
   * `tax` name is then shipping and tax first, and other merchandise last.
   */
  @IsOptional()
  @IsListOf(() => RefundOrderLineDto, 1, MAX_LINES)
  lines?: RefundOrderLineDto[] | null;

  /** What of the amount is shipping, in minor units. It takes nothing back of a reward. */
  @IsOptional()
  @IsAmount()
  shipping?: number | null;

  /** What of the amount is tax, in minor units. It takes nothing back of a reward. */
  @IsOptional()
  @IsAmount()
  tax?: number | null;

  /** When it was refunded, not before the order was placed; now, when absent. */
  @IsOptional()
  @IsInstant()
  refundedAt?: string | null;
}

/** One line of a bulk import. */
export class BulkLineDto {
  /** The order, as for `POST /v1/orders`. */
  @IsObject()
  @ValidateNested()
  @Type(() => PlaceOrderDto)
  order!: PlaceOrderDto;

  /** Its completion. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CompleteOrderDto)
  complete?: CompleteOrderDto | null;

  /** Its refunds. */
  @IsOptional()
  @IsListOf(() => RefundOrderDto, 0, 1000)
  refunds?: RefundOrderDto[] | null;
}

/** The storefront's rule as it decided which merchant counts. */
export class AttributionDecisionDto {
  /** Which of several visits counts. */
  @ApiProperty({ enum: ['first', 'last'] })
  touch!: 'first' | 'last';
  /** How long a visit counts. */
  windowDays!: number;
  /** Visits with a merchant inside the window. */
  touches!: number;
}

/** Why a merchant counts for an order. */
export class AttributionDto {
  /** mer_… */
  merchant!: string;
  /** How the merchant was named. */
  @ApiProperty({ enum: ['code', 'referrer'] })
  via!: 'code' | 'referrer';
  /** vis_…, the visit that counts. */
  visitId!: string;
  /** When the shopper came with the code, or named the merchant. */
  @ApiProperty({ format: 'date-time' })
  attributedAt!: string;
  /** Why, in one sentence. */
  reason!: string;
  /** Why, as facts. */
  @ApiProperty({ type: AttributionDecisionDto, required: false })
  decision?: AttributionDecisionDto;
  /** The reference that was given for the shopper at a visit is the merchant's own; absent otherwise. */
  ownPurchase?: boolean;
}

/** An order as the call left it; a repeat of the call gets the same answer. */
export class OrderDto {
  /** ord_… */
  id!: string;
  /** The storefront's own order id. */
  orderId!: string;
  /** What the call made of the order. */
  @ApiProperty({ enum: ['placed', 'completed', 'cancelled'] })
  state!: 'placed' | 'completed' | 'cancelled';
  /**
   * The latest revision: 1 as placed, one more for each edit.
   *
   * @example 1
   */
  revision!: number;
  /** ISO 4217. */
  currency!: string;
  /** Sum of the lines, in minor units. */
  linesTotal!: number;
  /** Shipping, in minor units. */
  shipping!: number;
  /** Tax, in minor units. */
  tax!: number;
  /** Lines, shipping and tax. */
  total!: number;
  /** Whether a merchant is rewarded for it. */
  attributed!: boolean;
  /** Which merchant, and why. */
  @ApiProperty({ type: AttributionDto, nullable: true })
  attribution!: AttributionDto | null;
  /** When it was placed. */
  @ApiProperty({ format: 'date-time' })
  placedAt!: string;
  /** All that was paid, in minor units; null before completion. */
  @ApiProperty({ type: 'integer', nullable: true })
  amountPaid!: number | null;
  /** When it was completed. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  completedAt!: string | null;
}

/** A refund as recorded. */
export class RefundDto extends OmitType(RefundOrderDto, ['lines', 'refundedAt']) {
  /** The storefront's own order id. */
  orderId!: string;
  /** ISO 4217. */
  currency!: string;
  /** When it was refunded. */
  @ApiProperty({ format: 'date-time' })
  refundedAt!: string;
}

/** What became of one line of a bulk import. */
export class BulkResultDto {
  /** Number of the line, from 1. */
  line!: number;
  /** The order of that line; null when it could not be read. */
  @ApiProperty({ type: String, nullable: true })
  orderId!: string | null;
  /** As HTTP would say it: 201 placed, 202 completed or refunded, else the problem's status. */
  status!: number;
  /** The problem's code. */
  code?: string;
  /** The problem in words. */
  detail?: string;
}
