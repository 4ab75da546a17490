import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import { IsIdOf, IsInstant, IsText } from '../shared/fields.js';
import type { MerchantId, StorefrontId } from '../shared/ids.js';

/** Whom and what a rule is for. `{}` is everyone and everything. */
export class RuleScopeDto {
  /** A merchant's id; not together with `group`. */
  @IsOptional()
  @IsIdOf('merchant')
  merchant?: MerchantId | null;

  /** A group of merchants; not together with `merchant`. */
  @IsOptional()
  @IsText(64)
  group?: string | null;

  /** A sku; not together with `category`. */
  @IsOptional()
  @IsText(128)
  product?: string | null;

  /** A category; not together with `product`. */
  @IsOptional()
  @IsText(128)
  category?: string | null;
}

/** What price rules and reward rules have in common. */
export class RuleTermsDto {
  /** Whom and what the rule is for; the most specific rule wins. */
  @IsObject({ message: 'must be an object; {} is everyone and everything' })
  @ValidateNested({ message: 'must be an object; {} is everyone and everything' })
  @Type(() => RuleScopeDto)
  scope!: RuleScopeDto;

  /** Id of the only storefront that the rule is for; absent: all. */
  @IsOptional()
  @IsIdOf('storefront')
  storefront?: StorefrontId | null;

  /** The rule holds from this moment on. */
  @IsInstant()
  validFrom!: string;

  /** The rule holds until just before this moment; absent: until it is replaced or ended. */
  @IsOptional()
  @IsInstant()
  validTo?: string | null;

  /** For people. */
  @IsOptional()
  @IsText(200)
  name?: string | null;
}

/** When a rule ends. */
export class EndRuleDto {
  /** The rule holds until just before this moment; absent: now. */
  @IsOptional()
  @IsInstant()
  at?: string | null;
}
