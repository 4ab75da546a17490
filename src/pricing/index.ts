export { EndRuleDto, RuleScopeDto, RuleScopeView, RuleTermsDto } from './rule.dto.js';
export { endMoment, ruleTerms, type RuleTerms } from './rule-terms.js';
export { RuleReferences } from './rule-references.js';
export type { PricingErrorCode } from './errors.js';
export { PricingModule } from './pricing.module.js';
export { pricingEntities } from './pricing.entities.js';
