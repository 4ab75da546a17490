import { IsIn, IsOptional } from 'class-validator';
import { IsAmount, IsIdOf, IsText } from '../../../shared/fields.js';
import { PageQuery } from '../../../shared/page.dto.js';
import { ADJUSTMENT_STATES, type AdjustmentState } from './adjustment.js';
import type { AdjustmentId, MerchantId } from '../../../shared/ids.js';

export class AdjustmentQuery extends PageQuery {
  /** Only this merchant's. */
  @IsOptional()
  @IsIdOf('merchant')
  merchant?: MerchantId;

  /** Only in this state. */
  @IsOptional()
  @IsIn(ADJUSTMENT_STATES)
  state?: AdjustmentState;
}

/** A correction by hand. */
export class ProposeAdjustmentDto {
  /** {@link ASSET_FORMS} */
  @IsText(64)
  asset!: string;

  /** Minor units, points or coupons; negative takes away what is available. Not zero. */
  @IsAmount(Number.MIN_SAFE_INTEGER)
  amount!: number;

  /** Why, for the approver and for ever; the merchant reads it in their statement. */
  @IsText(500)
  reason!: string;
}

export class AdjustmentDto {
  /** adj_… */
  id!: AdjustmentId;

  /** mer_… */
  merchant!: string;

  /** {@link ASSET_FORMS} */
  asset!: string;

  /** Minor units, points or coupons. */
  amount!: number;

  /** Why. */
  reason!: string;

  /** Money moves with the approval. */
  state!: AdjustmentState;

  /** Id of the maker. */
  madeBy!: string;

  /** RFC 3339. */
  madeAt!: string;

  /** Id of the checker; null: not decided. */
  decidedBy!: string | null;

  /** RFC 3339; null: not decided. */
  decidedAt!: string | null;

  /** jnl_…; null unless approved. */
  journal!: string | null;
}

export class AdjustmentPageDto {
  /** The oldest first. */
  items!: AdjustmentDto[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}
