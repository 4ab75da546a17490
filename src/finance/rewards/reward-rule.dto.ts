import { Type } from 'class-transformer';
import { IntersectionType } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { RuleScopeDto, RuleTermsDto } from '../../pricing/index.js';
import { IsAmount, IsListOf, IsText } from '../../shared/fields.js';
import { RewardConditionTermsDto, RewardConditionsDto } from './reward-conditions.dto.js';
import { TIER_MODES, type TierMode } from './volume-tiers.js';

const GRANT_KINDS = ['percent', 'fixed', 'per-amount', 'tiered'] as const;

/** A rate from a volume on. */
export class TierDto {
  /** Minor units paid in the month; the tiers ascend, and below the first one nothing is earned. */
  @IsAmount()
  from!: number;

  /** Basis points; 10,000 is all of it. */
  @IsAmount(0, 10_000)
  rateBps!: number;
}

/** At most so much for many orders together; what is absent is not limited. A cap is the limit of one order. */
export class BudgetsDto {
  /** For one merchant in one calendar month of the storefront. */
  @IsOptional()
  @IsAmount(1)
  perMerchantMonth?: number | null;

  /** For all merchants, for as long as the rule lives. */
  @IsOptional()
  @IsAmount(1)
  perRule?: number | null;
}

/** What a reward rule gives in one asset. */
export class GrantDto {
  /** {@link ASSET_FORMS} One grant for each asset of a rule; money is granted in the order's currency. */
  @IsText(64)
  asset!: string;

  /** A share of what was paid, a fixed amount an order, points for every full amount paid, or a share that grows with the month's volume. */
  @IsIn(GRANT_KINDS)
  kind!: 'percent' | 'fixed' | 'per-amount' | 'tiered';

  /** With `percent`: basis points of what was paid for merchandise; 10,000 is all of it. */
  @IsOptional()
  @IsAmount(1, 10_000)
  rateBps?: number | null;

  /** With `fixed`: minor units, points or coupons an order. */
  @IsOptional()
  @IsAmount(1, 1_000_000_000_000)
  amount?: number | null;

  /** With `per-amount`: minor units of the order's currency. */
  @IsOptional()
  @IsAmount(1)
  per?: number | null;

  /** With `per-amount`: points for every full `per`. */
  @IsOptional()
  @IsAmount(1, 1_000_000)
  units?: number | null;

  /**
   * With `tiered`: `marginal` pays each tier's rate for the part of the month's volume in it; `whole` pays the reached
   * tier's rate for all of it, so the order that reaches a tier brings the difference for the earlier ones.
   */
  @IsOptional()
  @IsIn(TIER_MODES)
  mode?: TierMode | null;

  /** With `tiered`: the rates, by what was paid for the merchant's orders in the calendar month of the storefront. */
  @IsOptional()
  @IsListOf(() => TierDto, 1, 20)
  tiers?: TierDto[] | null;

  /** At most this an order. */
  @IsOptional()
  @IsAmount(1)
  cap?: number | null;

  /** At most this for many orders; the grant that meets the limit gets what is left, and says so. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BudgetsDto)
  budgets?: BudgetsDto | null;
}

/** What a reward rule says from `validFrom` on. */
export class RewardRuleTermsDto extends IntersectionType(RuleTermsDto, RewardConditionTermsDto) {
  /** `direct`: available at once. `pending`: available after the waiting period of `holdDays`, in which refunds take it back. */
  @IsIn(['direct', 'pending'])
  posting!: 'direct' | 'pending';

  /** With `pending`: the waiting period, in days from the completion of the purchase. */
  @IsOptional()
  @IsAmount(0, 3650)
  holdDays?: number | null;

  /** What the rule gives: one grant or more, each of another asset. */
  @IsListOf(() => GrantDto, 1, 20)
  grants!: GrantDto[];
}

/** One version of a reward rule. */
export class RewardRuleVersionDto extends RewardConditionsDto {
  /** 1 for the first. */
  version!: number;

  /** For people. */
  name!: string | null;

  /** Whom and what the rule is for. */
  scope!: RuleScopeDto;

  /** Id of the only storefront that the rule is for; null: all. */
  storefront!: string | null;

  /** Available at once, or after the hold. */
  posting!: 'direct' | 'pending';

  /** The waiting period, in days from completion; null with `direct`. */
  holdDays!: number | null;

  /** What the rule gives. */
  grants!: GrantDto[];

  /** RFC 3339: it takes effect at this moment. */
  validFrom!: string;

  /** RFC 3339: it is in force until just before this moment; null: until replaced or ended. */
  validTo!: string | null;
}

/** A reward rule, with what its latest version says. */
export class RewardRuleDto extends RewardRuleVersionDto {
  /** rrl_… */
  id!: string;

  /** RFC 3339. */
  createdAt!: string;

  /** RFC 3339: from this moment on no version holds; null: not ended. */
  endedAt!: string | null;
}

/** A reward rule with all its versions. */
export class RewardRuleDetailDto extends RewardRuleDto {
  /** Every version, the first one first. */
  versions!: RewardRuleVersionDto[];
}

export class RewardRulePageDto {
  /** The oldest first. */
  items!: RewardRuleDto[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}
