import type { Schema } from '../../../api/client.js';
import { decimal, decimalsOf } from '../../../ui/format.js';
import { typedAmount } from '../../parts/amount-input.js';
import { EMPTY_RULE, ruleTermsOf, typedRuleOf, type TypedRule } from '../rules/rule-fields.js';
import { EMPTY_GRANT, grantOf, isReadableGrant, typedGrantOf, type TypedGrant } from './typed-grant.js';

type Terms = Schema<'RewardRuleTermsDto'>;
type Storefronts = readonly Schema<'StorefrontNameDto'>[];

/** A reward rule as it is typed. */
export interface TypedReward extends TypedRule {
  posting: Terms['posting'];
  holdDays: number | string;
  grants: TypedGrant[];
  minPaid: string;
  firstOrder: boolean;
  bonus: boolean;
  includeCategories: string[];
  includeProducts: string[];
  excludeCategories: string[];
  excludeProducts: string[];
}

export const EMPTY_REWARD: TypedReward = {
  ...EMPTY_RULE,
  posting: 'pending',
  holdDays: 30,
  grants: [EMPTY_GRANT],
  minPaid: '',
  firstOrder: false,
  bonus: false,
  includeCategories: [],
  includeProducts: [],
  excludeCategories: [],
  excludeProducts: [],
};

/** The currency of the orders that a rule is for: its storefront's, or the first one's. */
export function currencyOf(storefront: string | null, storefronts: Storefronts): string {
  return (storefronts.find(({ id }) => id === storefront) ?? storefronts[0])?.currency ?? 'CNY';
}

/** What a version says, as it is typed. */
export function typedRewardOf(version: Schema<'RewardRuleVersionDto'>, storefronts: Storefronts): TypedReward {
  const currency = currencyOf(version.storefront, storefronts);
  const { include, exclude, minPaid } = version;
  return {
    ...typedRuleOf(version),
    posting: version.posting,
    holdDays: version.holdDays ?? 30,
    grants: version.grants.map((grant) => typedGrantOf(grant, currency)),
    minPaid: minPaid === null ? '' : decimal(minPaid, decimalsOf(currency)),
    firstOrder: version.firstOrder,
    bonus: version.bonus,
    includeCategories: include?.categories ?? [],
    includeProducts: include?.products ?? [],
    excludeCategories: exclude?.categories ?? [],
    excludeProducts: exclude?.products ?? [],
  };
}

/** What was typed, as the API takes it. */
export function rewardTermsOf(typed: TypedReward, storefronts: Storefronts, now: Date): Terms {
  const currency = currencyOf(typed.storefront || null, storefronts);
  return {
    ...ruleTermsOf(typed, now),
    posting: typed.posting,
    holdDays: typed.posting === 'pending' && typed.holdDays !== '' ? Number(typed.holdDays) : null,
    grants: typed.grants.map((grant) => grantOf(grant, currency)),
    minPaid: typed.minPaid.trim() === '' ? null : typedAmount(typed.minPaid, currency),
    firstOrder: typed.firstOrder,
    bonus: typed.bonus,
    include: filterOf(typed.includeCategories, typed.includeProducts),
    exclude: filterOf(typed.excludeCategories, typed.excludeProducts),
  };
}

function filterOf(categories: string[], products: string[]) {
  return categories.length + products.length === 0 ? null : { categories, products };
}

/** Whether everything that was typed can be read; what is left empty can. */
export function isReadable({ minPaid, grants }: TypedReward, currency: string): boolean {
  return (
    (minPaid.trim() === '' || typedAmount(minPaid, currency) !== null) &&
    grants.every((grant) => isReadableGrant(grant, currency))
  );
}
