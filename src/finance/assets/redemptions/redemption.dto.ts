import { IsOptional } from 'class-validator';
import { IsAmount, IsText } from '../../../shared/fields.js';

/** Points or a coupon that the merchant redeemed. */
export class RedeemDto {
  /** The storefront's own id; the same content again answers the same. */
  @IsText(64)
  redemptionId!: string;

  /** {@link REDEEMABLE_FORMS} */
  @IsText(64)
  asset!: string;

  /** Points or coupons. */
  @IsAmount(1)
  amount!: number;

  /** The storefront's order that they were redeemed for. */
  @IsOptional()
  @IsText(64)
  orderId?: string | null;
}

export class RedemptionDto {
  /** The storefront's own id. */
  redemptionId!: string;

  /** mer_… */
  merchant!: string;

  /** {@link REDEEMABLE_FORMS} */
  asset!: string;

  /** Points or coupons. */
  amount!: number;

  /** The storefront's order; null: none was named. */
  orderId!: string | null;

  /** RFC 3339. */
  redeemedAt!: string;

  /** jnl_… */
  journal!: string;
}

/** All or a part of a redemption that is given back. */
export class ReverseRedemptionDto {
  /** The storefront's own id; the same content again answers the same. Without one there is one reversal: the redemption's. */
  @IsOptional()
  @IsText(64)
  reversalId?: string | null;

  /** Points or coupons, together at most what was redeemed; absent: all that is left of it. */
  @IsOptional()
  @IsAmount(1)
  amount?: number | null;

  /** Why. */
  @IsText(500)
  reason!: string;
}

export class RedemptionReversalDto {
  /** The storefront's own id; the redemption's when it named none. */
  reversalId!: string;

  /** The storefront's own id. */
  redemptionId!: string;

  /** mer_… */
  merchant!: string;

  /** {@link REDEEMABLE_FORMS} */
  asset!: string;

  /** Points or coupons. */
  amount!: number;

  /** Why. */
  reason!: string;

  /** RFC 3339. */
  reversedAt!: string;

  /** jnl_… */
  journal!: string;
}
