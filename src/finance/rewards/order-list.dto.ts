import { ApiProperty, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { MerchantNameDto } from '../../database/index.js';
import type { MerchantId, StorefrontId } from '../../shared/ids.js';
import { IsIdOf, IsText } from '../../shared/fields.js';
import { PeriodPageQuery } from '../../shared/page.dto.js';
import { EntryDto, WordsDto } from '../ledger/index.js';
import type { RewardState } from './reward.js';
import { RewardDto } from './reward.dto.js';
import type { RewardExplanationView } from './reward-explanation.js';

export const ORDER_STATES = ['placed', 'completed', 'cancelled'] as const;

/** Which of a merchant's orders to list; `from` and `to` are of the placing. */
export class MerchantOrderQuery extends PeriodPageQuery {
  /** Only orders in this state. */
  @IsOptional()
  @IsIn(ORDER_STATES)
  state?: (typeof ORDER_STATES)[number];

  /** The storefront's own order id, exactly; several storefronts may have one of it. */
  @IsOptional()
  @IsText(64)
  orderId?: string;
}

/** Which orders to list; `from` and `to` are of the placing. */
export class OrderListQuery extends MerchantOrderQuery {
  /** Only orders that this merchant brought. */
  @IsOptional()
  @IsIdOf('merchant')
  merchant?: MerchantId;

  /** Only of this storefront; a storefront's key sees its own in any case. */
  @IsOptional()
  @IsIdOf('storefront')
  storefront?: StorefrontId;
}

/** A reward in a list of orders. */
export class RewardSummaryDto {
  /** rwd_… */
  id!: string;
  /** {@link ASSET_FORMS} */
  asset!: string;
  /** pending, held, matured, partly-reversed, reversed or void. */
  state!: RewardState;
  /** What the rule gave; minor units, points or coupons. */
  granted!: number;
  /** What of it refunds and people took back. */
  takenBack!: number;
}

/** An order in a list. Amounts in minor units. */
export class OrderSummaryDto {
  /** ord_… */
  id!: string;
  /** The storefront's own id. */
  orderId!: string;
  /** sto_… */
  storefront!: string;
  /** Where the purchase is. */
  @ApiProperty({ enum: ORDER_STATES })
  state!: (typeof ORDER_STATES)[number];
  /** RFC 3339. */
  placedAt!: string;
  /** RFC 3339; null before completion. */
  completedAt!: string | null;
  /** RFC 3339; null: it was not cancelled. */
  cancelledAt!: string | null;
  /** ISO 4217. */
  currency!: string;
  /** Sum of the lines, at the prices that the shopper pays. */
  linesTotal!: number;
  /** Lines, shipping and tax: all that the shopper was asked for. */
  total!: number;
  /** All that was paid; null before completion. */
  amountPaid!: number | null;
  /** What was given back so far. */
  refunded!: number;
  /** The merchant who brought the shopper; null: none. */
  @ApiProperty({ type: MerchantNameDto, nullable: true })
  merchant!: MerchantNameDto | null;
  /** How the shopper named the merchant; null without one. */
  @ApiProperty({ enum: ['code', 'referrer'], nullable: true })
  via!: 'code' | 'referrer' | null;
  /** The shopper is the merchant: such orders earn nothing. Known of what a visit said. */
  ownPurchase!: boolean;
  /** What it earned the merchant; empty until it is posted, and when it earned nothing. */
  rewards!: RewardSummaryDto[];
}

export class OrderSummaryPageDto {
  /** The latest placed first. */
  items!: OrderSummaryDto[];
  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}

/** A reward as its merchant sees it: why it is so much, and what happened to it. */
export class MerchantRewardDto extends OmitType(RewardDto, ['merchant', 'orderId', 'storefront', 'explanation']) {
  /** Why it is so much, in numbers: attribution, rule and the rules that lost to it, commissionable amount, arithmetic. */
  explanation!: Omit<RewardExplanationView, 'lines'>;
  /** The merchant's side of every posting about this reward, the oldest first. */
  changes!: EntryDto[];
}

/** An order that a merchant brought, as far as it is the merchant's business. Amounts in minor units. */
export class MerchantOrderDto {
  /** ord_… */
  id!: string;
  /** The storefront's own id. */
  orderId!: string;
  /** sto_… */
  storefront!: string;
  /** The storefront's name; null: too new to be known here. */
  storefrontName!: string | null;
  /** Where the purchase is. */
  @ApiProperty({ enum: ORDER_STATES })
  state!: (typeof ORDER_STATES)[number];
  /** RFC 3339. */
  placedAt!: string;
  /** RFC 3339; null before completion. */
  completedAt!: string | null;
  /** RFC 3339; null: it was not cancelled. */
  cancelledAt!: string | null;
  /** ISO 4217. */
  currency!: string;
  /** What counts for rewards: what was paid for merchandise, without shipping and tax; null before completion. */
  commissionable!: number | null;
  /** What the shopper got back so far. */
  refunded!: number;
  /**
   * The shopper, masked: the first character of the storefront's reference; null: none was given.
   *
   * @example 张•••
   */
  shopper!: string | null;
  /** How the shopper named the merchant. */
  @ApiProperty({ enum: ['code', 'referrer'] })
  via!: 'code' | 'referrer';
  /** RFC 3339: when the shopper came with the code, or named the merchant. */
  attributedAt!: string;
  /** Why the completion earned nothing, in words; null before it is posted, and when it earned something. */
  @ApiProperty({ type: WordsDto, nullable: true })
  noReward!: WordsDto | null;
  /** What it earned; empty until it is posted, and when it earned nothing. */
  rewards!: MerchantRewardDto[];
}

export class MerchantOrderPageDto {
  /** The latest placed first. */
  items!: MerchantOrderDto[];
  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}
