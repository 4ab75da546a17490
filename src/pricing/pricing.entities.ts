import { PriceRuleEntity, PriceRuleVersionEntity } from './price-rule.entity.js';

export const pricingEntities = [PriceRuleEntity, PriceRuleVersionEntity];
