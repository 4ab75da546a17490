import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsAmount, IsCurrencyCode } from '../shared/fields.js';
import { PRICE_RULE_KINDS, type PriceRuleKind } from './price-rule.js';
import { RuleScopeDto, RuleTermsDto } from './rule.dto.js';

/** What a price rule says from `validFrom` on. */
export class PriceRuleTermsDto extends RuleTermsDto {
  /** What happens to the price of one unit. */
  @IsIn(PRICE_RULE_KINDS)
  kind!: PriceRuleKind;

  /** With `percent-off`: basis points off, 10,000 is all of it. */
  @IsOptional()
  @IsAmount(0, 10_000)
  rateBps?: number | null;

  /** With `amount-off` and `fixed-price`: minor units. */
  @IsOptional()
  @IsAmount()
  amount?: number | null;

  /** With `amount-off` and `fixed-price`: the rule says nothing about baskets in other currencies. */
  @IsOptional()
  @IsCurrencyCode()
  currency?: string | null;

  /** The rule brings no price below this, in minor units of the basket's currency. */
  @IsOptional()
  @IsAmount()
  floor?: number | null;
}

/** One version of a price rule. */
export class PriceRuleVersionDto {
  /** 1 for the first. */
  @ApiProperty({ type: 'integer' })
  version!: number;

  /** For people. */
  name!: string | null;

  /** Whom and what the rule is for. */
  scope!: RuleScopeDto;

  /** Id of the only storefront that the rule is for; null: all. */
  storefront!: string | null;

  /** What happens to the price of one unit. */
  kind!: PriceRuleKind;

  /** Basis points off; null with an amount. */
  @ApiProperty({ type: 'integer', nullable: true })
  rateBps!: number | null;

  /** Minor units; null with a rate. */
  @ApiProperty({ type: 'integer', nullable: true })
  amount!: number | null;

  /** Currency of the amount; null with a rate. */
  currency!: string | null;

  /** The rule brings no price below this; null: none below zero. */
  @ApiProperty({ type: 'integer', nullable: true })
  floor!: number | null;

  /** It holds from this moment on. */
  @ApiProperty({ format: 'date-time' })
  validFrom!: string;

  /** It holds until just before this moment; null: until replaced or ended. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  validTo!: string | null;
}

/** A price rule, with what its latest version says. */
export class PriceRuleDto extends PriceRuleVersionDto {
  /** prl_… */
  id!: string;

  /** When it was made. */
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** From this moment on no version holds; null: not ended. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;
}

/** A price rule with all its versions. */
export class PriceRuleDetailDto extends PriceRuleDto {
  /** Every version, the first one first. */
  versions!: PriceRuleVersionDto[];
}

export class PriceRulePageDto {
  /** The oldest first. */
  items!: PriceRuleDto[];

  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}
