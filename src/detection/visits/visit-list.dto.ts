import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { MerchantNameDto } from '../../database/index.js';
import type { MerchantId, StorefrontId } from '../../shared/ids.js';
import { IsIdOf } from '../../shared/fields.js';
import { PeriodPageQuery } from '../../shared/page.dto.js';

/** Which visits to list; `from` and `to` are of their beginning. */
export class VisitListQuery extends PeriodPageQuery {
  /** Only of this storefront. */
  @IsOptional()
  @IsIdOf('storefront')
  storefront?: StorefrontId;

  /** Only visits that this merchant counts for. */
  @IsOptional()
  @IsIdOf('merchant')
  merchant?: MerchantId;

  /** `true`: only visits that a merchant counts for; `false`: only those that none does. */
  @IsOptional()
  @IsIn(['true', 'false'])
  attributed?: 'true' | 'false';

  /** Only visits whose merchant was named in this way. */
  @IsOptional()
  @IsIn(['code', 'referrer'])
  via?: 'code' | 'referrer';
}

/** A visit in a list. It says nothing of who the shopper is. */
export class VisitSummaryDto {
  /** vis_… */
  id!: string;
  /** sto_… */
  storefront!: string;
  /** RFC 3339: when it began. */
  at!: string;
  /** The merchant who counts; null: none. */
  @ApiProperty({ type: MerchantNameDto, nullable: true })
  merchant!: MerchantNameDto | null;
  /** How the shopper named the merchant; null without one. */
  @ApiProperty({ enum: ['code', 'referrer'], nullable: true })
  via!: 'code' | 'referrer' | null;
  /** Whether there was a code, and whether it is an active merchant's. */
  @ApiProperty({ enum: ['known', 'unknown', 'absent'] })
  codeStatus!: 'known' | 'unknown' | 'absent';
  /** The code as it was given, known or not; null: none was. */
  codeGiven!: string | null;
  /** Origin and path of the page that led here; null: not known. */
  referrerUrl!: string | null;
  /** Answers to the question who brought the shopper. */
  answers!: number;
  /** RFC 3339: when the last answer came; null: none came. */
  answeredAt!: string | null;
}

export class VisitSummaryPageDto {
  /** The latest first. */
  items!: VisitSummaryDto[];
  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}
