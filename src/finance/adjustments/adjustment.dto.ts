import { IsAmount, IsText } from '../../shared/fields.js';

/** A correction by hand. */
export class AdjustmentDto {
  /** A currency, `POINTS` or `COUPON:<template>`. */
  @IsText(64)
  asset!: string;

  /** Minor units, points or coupons; negative takes away what is available. Not zero. */
  @IsAmount(Number.MIN_SAFE_INTEGER)
  amount!: number;

  /** Why, for the approver and for ever. */
  @IsText(500)
  reason!: string;
}

export class AdjustmentView {
  /** adj_… */
  id!: string;

  /** mer_… */
  merchant!: string;

  /** A currency, `POINTS` or `COUPON:<template>`. */
  asset!: string;

  /** Minor units, points or coupons. */
  amount!: number;

  /** Why. */
  reason!: string;

  /** Money moves with the approval. */
  state!: 'awaiting-approval' | 'approved' | 'rejected';

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
