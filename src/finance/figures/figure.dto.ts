import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { MerchantNameDto } from '../../database/index.js';
import type { MerchantId, StorefrontId } from '../../shared/ids.js';
import { IsCurrencyCode, IsDay, IsIdOf } from '../../shared/fields.js';
import { PageQuery } from '../../shared/page.dto.js';

/** What counts and sums may be grouped by. */
export const GROUPINGS = ['day', 'merchant', 'group', 'storefront', 'product'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What merchants may be ranked by. */
export const RANKINGS = ['sales', 'completed', 'placed', 'visits'] as const;
export type Ranking = (typeof RANKINGS)[number];

/** Days of a storefront are those of its own clocks. */
export class DaysQuery extends PageQuery {
  /** The first day; absent: 30 days with `to`. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** The last day, at most 400 days with `from`; absent: today. */
  @IsOptional()
  @IsDay()
  to?: string;
}

export class FigureQuery extends DaysQuery {
  /** Only of this storefront. */
  @IsOptional()
  @IsIdOf('storefront')
  storefront?: StorefrontId;

  /** Only what this merchant brought. */
  @IsOptional()
  @IsIdOf('merchant')
  merchant?: MerchantId;

  /** One item for each; absent: day. */
  @IsOptional()
  @IsIn(GROUPINGS)
  groupBy?: Grouping;
}

export class LeaderQuery extends DaysQuery {
  /** Only of this storefront. */
  @IsOptional()
  @IsIdOf('storefront')
  storefront?: StorefrontId;

  /** ISO 4217: of storefronts in this currency; absent: the named storefront's, else the oldest storefront's. */
  @IsOptional()
  @IsCurrencyCode()
  currency?: string;

  /** What they are ranked by; absent: sales. */
  @IsOptional()
  @IsIn(RANKINGS)
  by?: Ranking;
}

export class CohortQuery {
  /** Only of this storefront. */
  @IsOptional()
  @IsIdOf('storefront')
  storefront?: StorefrontId;

  /** ISO 4217: of storefronts in this currency; absent: the named storefront's, else the oldest storefront's. */
  @IsOptional()
  @IsCurrencyCode()
  currency?: string;

  /** Months of joining, the running one included. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(36)
  months: number = 12;
}

/** What rewards cost in an asset. */
export class RewardCostDto {
  /** {@link ASSET_FORMS} */
  asset!: string;
  /** What rules gave; minor units, points or coupons. */
  granted!: number;
  /** What of rewards refunds and people took back. */
  takenBack!: number;
  /** What is left of both: below zero when more was taken back than given. */
  cost!: number;
}

/** Counts and sums, each thing on the day on which it happened. Amounts in minor units. */
export class FiguresDto {
  /** ISO 4217: storefronts with other currencies are counted apart. */
  currency!: string;
  /** Visits; null of a product. */
  visits!: number | null;
  /** Of them those that a merchant counts for; null of a product. */
  attributedVisits!: number | null;
  /** Orders that were placed; null of a product. */
  placed!: number | null;
  /** Of them those that a merchant brought; null of a product. */
  attributedPlaced!: number | null;
  /** Of the orders that were placed, how many were cancelled, whenever; null of a product. */
  cancelled!: number | null;
  /** Orders that were completed; of a product, those with it. */
  completed!: number;
  /** Of them those that a merchant brought; null of a product. */
  attributedCompleted!: number | null;
  /** Units of the product; null of anything else. */
  units!: number | null;
  /** All that was paid for completed orders; of a product, what was paid for it. */
  sales!: number;
  /** Of it for orders that a merchant brought; null of a product. */
  attributedSales!: number | null;
  /** Completed orders that had their first refund; null of a product. */
  refunded!: number | null;
  /** What was given back of completed orders; null of a product. */
  refunds!: number | null;
  /** What rewards cost, by asset; empty of a product. */
  rewardCost!: RewardCostDto[];
}

/** {@link FiguresDto} of what they are grouped by; the other names are null. */
export class GroupFiguresDto extends FiguresDto {
  /** YYYY-MM-DD. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  day!: string | null;
  /** The merchant; null also for what nobody brought. */
  @ApiProperty({ type: MerchantNameDto, nullable: true })
  merchant!: MerchantNameDto | null;
  /** The group of the merchants; null also for those of none. */
  group!: string | null;
  /** sto_… */
  storefront!: string | null;
  /** The storefront's product id. */
  product!: string | null;
}

export class FigurePageDto {
  /** The first day. */
  @ApiProperty({ format: 'date' })
  from!: string;
  /** The last day. */
  @ApiProperty({ format: 'date' })
  to!: string;
  /** RFC 3339: what happened before this is counted; null: nothing was counted yet. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  countedUntil!: string | null;
  /** By what they are grouped by, and currency. What nothing happened of is not among them. */
  items!: GroupFiguresDto[];
  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}

export class LeadersDto {
  /** The first day. */
  @ApiProperty({ format: 'date' })
  from!: string;
  /** The last day. */
  @ApiProperty({ format: 'date' })
  to!: string;
  /** ISO 4217. */
  currency!: string;
  /** RFC 3339: what happened before this is counted; null: nothing was counted yet. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  countedUntil!: string | null;
  /** The first first, as many as `limit`. */
  items!: GroupFiguresDto[];
}

/** What the merchants of a month of joining did in a month. */
export class CohortMonthDto {
  /**
   * YYYY-MM.
   *
   * @example 2026-06
   */
  month!: string;
  /** Months since they joined: 0 is the month of joining. */
  since!: number;
  /** Merchants with a completed order. */
  active!: number;
  /** Completed orders. */
  completed!: number;
  /** All that was paid for them, minor units. */
  sales!: number;
}

export class CohortDto {
  /**
   * YYYY-MM, by the accountant's clocks.
   *
   * @example 2026-05
   */
  joined!: string;
  /** Merchants who joined then. */
  merchants!: number;
  /** Months in which one of them had a completed order, the first first. */
  months!: CohortMonthDto[];
}

export class CohortsDto {
  /** ISO 4217. */
  currency!: string;
  /** RFC 3339: what happened before this is counted; null: nothing was counted yet. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  countedUntil!: string | null;
  /** The month of joining that is longest ago first. */
  items!: CohortDto[];
}

export class MerchantDayDto extends FiguresDto {
  /** YYYY-MM-DD. */
  @ApiProperty({ format: 'date' })
  day!: string;
}

/** What a merchant brought, by currency of the storefronts. */
export class MerchantFiguresDto {
  /** The first day. */
  @ApiProperty({ format: 'date' })
  from!: string;
  /** The last day. */
  @ApiProperty({ format: 'date' })
  to!: string;
  /** RFC 3339: what happened before this is counted; null: nothing was counted yet. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  countedUntil!: string | null;
  /** Today, where each storefront's clocks are. */
  today!: FiguresDto[];
  /** This month, where each storefront's clocks are. */
  month!: FiguresDto[];
  /** By day, the first first. */
  days!: MerchantDayDto[];
}

export class RecountDto {
  /** Everything is counted anew with the worker's next turn; what is shown stands until then. */
  @ApiProperty({ enum: ['requested'] })
  state!: 'requested';
}
