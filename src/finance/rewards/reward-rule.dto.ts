import { IsIn, IsOptional } from 'class-validator';
import { RuleScopeView, RuleTermsDto } from '../../pricing/index.js';
import { IsAmount, IsListOf, IsText } from '../../shared/fields.js';

/** What a reward rule gives in one asset. */
export class GrantDto {
  /** The order's currency, `POINTS` or `COUPON:<template>`; one grant for each asset of a rule. */
  @IsText(64)
  asset!: string;

  /** A share of what was paid, a fixed amount an order, or points for every full amount paid. */
  @IsIn(['percent', 'fixed', 'per-amount'])
  kind!: 'percent' | 'fixed' | 'per-amount';

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

  /** At most this an order. */
  @IsOptional()
  @IsAmount(1)
  cap?: number | null;
}

/** What a reward rule says from `validFrom` on. */
export class RewardRuleTermsDto extends RuleTermsDto {
  /** `direct`: available at once. `pending`: available after `holdDays`, until when refunds take it back. */
  @IsIn(['direct', 'pending'])
  posting!: 'direct' | 'pending';

  /** With `pending`: days from the completion of the purchase. */
  @IsOptional()
  @IsAmount(0, 3650)
  holdDays?: number | null;

  /** The rule counts only when at least this was paid for merchandise, in minor units of the order's currency. */
  @IsOptional()
  @IsAmount()
  minPaid?: number | null;

  /** What the rule gives: one grant or more, each of another asset. */
  @IsListOf(() => GrantDto, 1, 20)
  grants!: GrantDto[];
}

/** What a rule gives in one asset, as kept. */
export class GrantView {
  /** A currency, `POINTS` or `COUPON:<template>`. */
  asset!: string;

  /** How the amount is found. */
  kind!: 'percent' | 'fixed' | 'per-amount';

  /** Basis points, with `percent`. */
  rateBps?: number;

  /** Minor units, points or coupons an order, with `fixed`. */
  amount?: number;

  /** Minor units, with `per-amount`. */
  per?: number;

  /** Points for every full `per`, with `per-amount`. */
  units?: number;

  /** At most this an order. */
  cap?: number;
}

/** One version of a reward rule. */
export class RewardRuleVersionView {
  /** 1 for the first. */
  version!: number;

  /** For people. */
  name!: string | null;

  /** Whom and what the rule is for. */
  scope!: RuleScopeView;

  /** Id of the only storefront that the rule is for; null: all. */
  storefront!: string | null;

  /** Available at once, or after the hold. */
  posting!: 'direct' | 'pending';

  /** Days from completion; null with `direct`. */
  holdDays!: number | null;

  /** Least paid for merchandise; null: any amount. */
  minPaid!: number | null;

  /** What the rule gives. */
  grants!: GrantView[];

  /** RFC 3339: it holds from this moment on. */
  validFrom!: string;

  /** RFC 3339: it holds until just before this moment; null: until replaced or ended. */
  validTo!: string | null;
}

/** A reward rule, with what its latest version says. */
export class RewardRuleView extends RewardRuleVersionView {
  /** rrl_… */
  id!: string;

  /** RFC 3339. */
  createdAt!: string;

  /** RFC 3339: from this moment on no version holds; null: not ended. */
  endedAt!: string | null;
}

/** A reward rule with all its versions. */
export class RewardRuleDetailView extends RewardRuleView {
  /** Every version, the first one first. */
  versions!: RewardRuleVersionView[];
}

export class RewardRulePage {
  /** The oldest first. */
  items!: RewardRuleView[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}
