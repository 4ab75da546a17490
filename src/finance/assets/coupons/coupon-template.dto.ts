import { ArrayMaxSize, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import { IsAmount, IsCurrencyCode, IsIdOf, IsText } from '../../../shared/fields.js';
import type { StorefrontId } from '../../../shared/ids.js';
import { CouponWorthDto } from './coupon-worth.dto.js';

/** What coupons of a kind are worth. Never edited: make another template, and end this one. */
export class CreateCouponTemplateDto {
  /** The name in `COUPON:<name>`: letters, digits, `.`, `_` and `-`. */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,55}$/, {
    message: 'must be 1–56 letters, digits, dots, dashes or underscores',
  })
  name!: string;

  /** For people. */
  @IsOptional()
  @IsText(200)
  title?: string | null;

  /** Id of the only storefront that takes it; absent: every storefront. */
  @IsOptional()
  @IsIdOf('storefront')
  storefront?: StorefrontId | null;

  /** The currency of the orders that it is for. */
  @IsCurrencyCode()
  currency!: string;

  /** A face value, or a share of what the coupon is for. */
  @IsIn(['amount-off', 'percent-off'])
  kind!: 'amount-off' | 'percent-off';

  /** With `amount-off`: the face value in minor units. */
  @IsOptional()
  @IsAmount(1, 1_000_000_000_000)
  amount?: number | null;

  /** With `percent-off`: basis points; 10,000 is all of it. */
  @IsOptional()
  @IsAmount(1, 10_000)
  rateBps?: number | null;

  /** With `percent-off`: at most this, in minor units. */
  @IsOptional()
  @IsAmount(1, 1_000_000_000_000)
  maxAmount?: number | null;

  /** What the order must come to of what the coupon is for, in minor units; absent: any amount. */
  @IsOptional()
  @IsAmount(1)
  minimumSpend?: number | null;

  /** The only categories that it is for; absent: every line. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsText(128, { each: true })
  categories?: string[] | null;

  /** Categories that it is not for. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsText(128, { each: true })
  excludedCategories?: string[] | null;

  /** Days for which a coupon is valid after it was issued; absent: for ever. */
  @IsOptional()
  @IsAmount(1, 36_500)
  validDays?: number | null;
}

export class CouponTemplateDto extends CouponWorthDto {
  /** The name in `COUPON:<name>`. */
  name!: string;

  /** For people. */
  title!: string | null;

  /** Id of the only storefront that takes it; null: every storefront. */
  storefront!: string | null;

  /** The only categories that it is for; empty: every line. */
  categories!: string[];

  /** Categories that it is not for. */
  excludedCategories!: string[];

  /** Days for which a coupon is valid; null: for ever. */
  validDays!: number | null;

  /** RFC 3339. */
  createdAt!: string;

  /** RFC 3339: since when no new rule or correction may name it; null: not ended. */
  endedAt!: string | null;
}

export class CouponTemplatePageDto {
  /** By name. */
  items!: CouponTemplateDto[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}
