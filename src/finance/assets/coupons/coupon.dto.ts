import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { BasketLineDto, MAX_LINES } from '../../../pricing/index.js';
import { IsAmount, IsCurrencyCode, IsListOf, IsText } from '../../../shared/fields.js';
import { PageQuery } from '../../../shared/page.dto.js';
import { COUPON_STATES, type CouponState } from './coupon.js';
import type { CouponId } from '../../../shared/ids.js';
import { CouponWorthDto } from './coupon-worth.dto.js';

/** A line as an order has it. */
export class CouponLineDto extends BasketLineDto {
  /** What the line comes to after every other discount, in minor units. */
  @IsAmount()
  lineTotal!: number;
}

/** What the coupon is to be redeemed for. */
export class QuoteCouponDto {
  /** Of the lines. */
  @IsCurrencyCode()
  currency!: string;

  /** The order's lines. */
  @IsListOf(() => CouponLineDto, 1, MAX_LINES)
  lines!: CouponLineDto[];
}

export class ReserveCouponDto extends QuoteCouponDto {
  /** The storefront's order. */
  @IsText(64)
  orderId!: string;
}

/** With currency and lines a coupon that is not reserved is redeemed in one step. */
export class RedeemCouponDto {
  /** The storefront's order. */
  @IsText(64)
  orderId!: string;

  /** Of the lines. */
  @IsOptional()
  @IsCurrencyCode()
  currency?: string | null;

  /** The order's lines. */
  @IsOptional()
  @IsListOf(() => CouponLineDto, 1, MAX_LINES)
  lines?: CouponLineDto[] | null;
}

export class ReleaseCouponDto {
  /** The storefront's order for which it is reserved. */
  @IsText(64)
  orderId!: string;
}

export class RevokeCouponDto {
  /** Why; the merchant's statement shows it. */
  @IsText(500)
  reason!: string;
}

export class CouponQuery extends PageQuery {
  /** Only coupons in this state. */
  @IsOptional()
  @IsIn(COUPON_STATES)
  state?: CouponState;

  /** Only what expires within so many days from now; with `state=issued` what should be redeemed soon. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(36_500)
  withinDays?: number;
}

/** One coupon of a merchant. */
export class CouponDto {
  /** cpn_… */
  id!: CouponId;

  /** What a storefront takes it by; staff see the end of it only. */
  code!: string;

  /** mer_… */
  merchant!: string;

  /** Name of its template. */
  template!: string;

  /** What it takes off, as its template says; null: no template of this name was made. */
  worth!: CouponWorthDto | null;

  /** issued, reserved, held, redeemed, expired or revoked. */
  state!: CouponState;

  /** RFC 3339. */
  issuedAt!: string;

  /** RFC 3339: it cannot be redeemed from then on; null: never. */
  expiresAt!: string | null;

  /** rwd_… that it is; null: of none. */
  reward!: string | null;

  /** The storefront's order that it is reserved or was redeemed for; null: none, or none was named. */
  orderId!: string | null;

  /** What it takes or took off that order, in minor units; null: nothing yet. */
  discount!: number | null;

  /** RFC 3339: until when it is reserved; null: it is not. */
  reservedUntil!: string | null;
}

export class CouponPageDto {
  /** The oldest first. */
  items!: CouponDto[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}

export class CouponLineDiscountDto {
  /** As it came. */
  sku!: string;

  /** What of the discount is this line's, in minor units. */
  discount!: number;
}

/** What a coupon takes off an order. */
export class CouponQuoteDto {
  /** The coupon as it is now. */
  coupon!: CouponDto;

  /** As it came. */
  currency!: string;

  /** What the lines come to that the coupon is for. */
  eligibleTotal!: number;

  /** Off the order, in minor units; never more than `eligibleTotal`. */
  discount!: number;

  /** Every line, in the order in which they came. */
  lines!: CouponLineDiscountDto[];
}

/** A coupon that was redeemed. */
export class RedeemedCouponDto {
  /** The coupon as it is now. */
  coupon!: CouponDto;

  /** Of the discount. */
  currency!: string;

  /** Off the order, in minor units. */
  discount!: number;

  /** Reverse it by this id at `/v1/merchants/{id}/redemptions/{redemptionId}/reverse`. */
  redemptionId!: string;
}
