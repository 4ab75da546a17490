import { OmitType } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { IsIdOf, IsInstant, IsListOf } from '../../shared/fields.js';
import { RewardRuleTermsDto } from './reward-rule.dto.js';
import type { StorefrontId } from '../../shared/ids.js';

/** A draft of a reward rule. */
export class DraftRuleDto extends OmitType(RewardRuleTermsDto, ['validFrom'] as const) {
  /** The draft holds from this moment on; absent: for the whole period. */
  @IsOptional()
  @IsInstant()
  validFrom?: string | null;
}

/** Rules to try on the completed orders of a period. */
export class SimulateRulesDto {
  /** Drafts; none at all to see what the rules that there are would give. */
  @IsListOf(() => DraftRuleDto, 0, 100)
  rules!: DraftRuleDto[];

  /** Only orders of this storefront; absent: of all. */
  @IsOptional()
  @IsIdOf('storefront')
  storefront?: StorefrontId | null;

  /** Orders completed from this moment on. Budgets and volumes begin at zero there: best the beginning of a month. */
  @IsInstant()
  from!: string;

  /** Orders completed before this moment. */
  @IsInstant()
  to!: string;

  /** Whether the drafts stand in for all rules that there are; otherwise they are added to them. */
  @IsOptional()
  @IsBoolean()
  replaceExisting?: boolean | null;
}
