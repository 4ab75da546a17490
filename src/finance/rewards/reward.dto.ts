import { IsIn, IsOptional } from 'class-validator';
import { IsIdOf, IsText } from '../../shared/fields.js';
import { PeriodPageQuery } from '../../shared/page.dto.js';
import { EntryDto, WordsDto } from '../ledger/index.js';
import { REWARD_STATES, type RewardState } from './reward.js';
import type { RewardExplanationView } from './reward-explanation.js';
import type { MerchantId } from '../../shared/ids.js';

/** Which rewards to list; `from` and `to` are of their posting. */
export class RewardQuery extends PeriodPageQuery {
  /** Only this merchant's. */
  @IsOptional()
  @IsIdOf('merchant')
  merchant?: MerchantId;

  /** Only of the order with this id of the storefront's. */
  @IsOptional()
  @IsText(64)
  order?: string;

  /** Only in this state. */
  @IsOptional()
  @IsIn(REWARD_STATES)
  state?: RewardState;

  /** Only for orders of this storefront. */
  @IsOptional()
  @IsIdOf('storefront')
  storefront?: string;

  /** Only in this asset: {@link ASSET_FORMS} */
  @IsOptional()
  @IsText(64)
  asset?: string;

  /** `desc`: the latest first; absent: the oldest. */
  @IsOptional()
  @IsIn(['asc', 'desc'])
  direction?: 'asc' | 'desc';
}

/** What one rule version granted for one order in one asset. Amounts in minor units, points or coupons. */
export class RewardDto {
  /** rwd_… */
  id!: string;

  /** mer_… */
  merchant!: string;

  /** The storefront's own order id. */
  orderId!: string;

  /** sto_… */
  storefront!: string;

  /** {@link ASSET_FORMS} */
  asset!: string;

  /** pending, held, matured, partly-reversed, reversed or void. */
  state!: RewardState;

  /** Posted directly, or after a hold. */
  posting!: 'direct' | 'pending';

  /** What the rule gave: always pending + held + matured + voided. */
  granted!: number;

  /** Inside the waiting period. */
  pending!: number;

  /** On hold pending review. */
  held!: number;

  /** Has become the merchant's. */
  matured!: number;

  /** Taken back before it matured. */
  voided!: number;

  /** Taken back after it matured; of `matured`. */
  clawedBack!: number;

  /** RFC 3339: end of the hold; null with direct posting. */
  matureAt!: string | null;

  /** RFC 3339. */
  createdAt!: string;

  /** rrl_… */
  rule!: string;

  /** The version of the rule that was in force when the purchase was complete. */
  ruleVersion!: number;

  /** Why it is so much, in words. */
  words!: WordsDto;

  /** Why it is so much, in numbers: attribution, rule and the rules that lost to it, commissionable amount, arithmetic, lines. */
  explanation!: RewardExplanationView;
}

/** The payout that took what the merchant had available, this reward with it. */
export class RewardPayoutDto {
  /** pay_… */
  id!: string;

  /** What the bank knows it by. */
  reference!: string;

  /** What has become of it. */
  state!: string;

  /** RFC 3339: when it was approved, and the money reserved. */
  approvedAt!: string;

  /** The same as a sentence. */
  words!: WordsDto;
}

/** A reward with everything that has happened to it. */
export class RewardDetailDto extends RewardDto {
  /** The merchant's side of every posting about this reward, the oldest first. */
  changes!: EntryDto[];

  /** The first payout after the reward became available; null: none yet. A payout is of a balance and not of a reward. */
  payout!: RewardPayoutDto | null;
}

export class RewardPageDto {
  /** The oldest first, unless asked for otherwise. */
  items!: RewardDto[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}
