import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, ValidateBy } from 'class-validator';
import { IsIdOf, IsText } from '../../../shared/fields.js';
import { PageQuery } from '../../../shared/page.dto.js';
import { HOLD_CAUSES, HOLD_STATES, type HoldCause, type HoldSource, type HoldState } from './hold.js';
import type { HoldId, MerchantId, RewardId } from '../../../shared/ids.js';

/** What is to go on hold: a reward, or what a merchant has available. */
export class OpenHoldDto {
  /** rwd_…: this reward, without the members below except `reason`. */
  @IsOptional()
  @IsIdOf('reward')
  reward?: RewardId | null;

  /** mer_…: what this merchant has available, with `asset` and `amount`. */
  @IsOptional()
  @IsIdOf('merchant')
  merchant?: MerchantId | null;

  /** {@link ASSET_FORMS} */
  @IsOptional()
  @IsText(64)
  asset?: string | null;

  /** Minor units, points or coupons, or all that is available now. */
  @IsOptional()
  @ValidateBy({
    name: 'isAmountOrAll',
    validator: {
      validate: (value: unknown) => value === 'all' || (Number.isSafeInteger(value) && (value as number) > 0),
      defaultMessage: () => 'must be a whole number above 0, or "all"',
    },
  })
  @ApiProperty({
    oneOf: [
      { type: 'integer', minimum: 1 },
      { type: 'string', enum: ['all'] },
    ],
  })
  amount?: number | 'all' | null;

  /** Why, for the person who decides and for the record; the merchant does not see it. */
  @IsText(500)
  reason!: string;
}

/** Why it is decided so. */
export class DecideHoldDto {
  /** For ever; the merchant does not see it. */
  @IsText(500)
  reason!: string;
}

/** Which holds of a merchant to release. */
export class ReleaseHoldsDto extends DecideHoldDto {
  /** Only holds of this cause. */
  @IsIn(HOLD_CAUSES)
  cause!: HoldCause;
}

/** Which holds to list. */
export class HoldQuery extends PageQuery {
  /** Only this merchant's. */
  @IsOptional()
  @IsIdOf('merchant')
  merchant?: MerchantId;

  /** Only of this reward. */
  @IsOptional()
  @IsIdOf('reward')
  reward?: RewardId;

  /** Only in this state. */
  @IsOptional()
  @IsIn(HOLD_STATES)
  state?: HoldState;

  /** Only of this cause. */
  @IsOptional()
  @IsIn(HOLD_CAUSES)
  cause?: HoldCause;
}

/** Money on hold pending review. Always amount = remaining + refunded + settled. */
export class HoldDto {
  /** hld_… */
  id!: HoldId;

  /** mer_… */
  merchant!: string;

  /** {@link ASSET_FORMS} */
  asset!: string;

  /** What went on hold: minor units, points or coupons. */
  amount!: number;

  /** What is still on hold. */
  remaining!: number;

  /** What refunds of the reward took back meanwhile. */
  refunded!: number;

  /** What was released or voided. */
  settled!: number;

  /** Where the money was before. */
  source!: HoldSource;

  /** Why it is on hold: by a person (reward, merchant-balance), or because of what happened. */
  cause!: HoldCause;

  /** rwd_…; null: no reward in particular. */
  reward!: string | null;

  /** pay_…: the payout that brought the money back; null: none. */
  payout!: string | null;

  /** Why, in words. */
  reason!: string;

  /** Id of who put it on hold; null: a rule did. */
  heldBy!: string | null;

  /** RFC 3339. */
  heldAt!: string;

  /** open, released, voided, or emptied by refunds. */
  state!: HoldState;

  /** Id of who decided; null: not decided. */
  decidedBy!: string | null;

  /** RFC 3339; null: not decided. */
  decidedAt!: string | null;

  /** Why; null: not decided. */
  decisionReason!: string | null;
}

export class HoldPageDto {
  /** The oldest first. */
  items!: HoldDto[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}

/** What a release of many did. */
export class ReleasedHoldsDto {
  /** How many holds were released. */
  released!: number;
}
