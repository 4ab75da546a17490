export { BasketLineDto, MAX_LINES } from './basket-line.dto.js';
export { type OrderLine, orderLinesHash } from './basket.js';
export { pricingProblems } from './errors.js';
export { PricingModule } from './pricing.module.js';
export { QUOTE_TOKEN, type QuoteClaims } from './quote-token.js';
export { RuleReferences } from './rule-references.js';
export { endMoment, ruleTerms } from './rule-terms.js';
export { EndRuleDto, RuleScopeView, RuleTermsDto } from './rule.dto.js';
