import { conditionsOf } from '../../../../src/finance/rewards/reward-conditions.js';
import { grantFromJson } from '../../../../src/finance/rewards/reward-rule.js';
import type { RuleScope } from '../../../../src/shared/rule.js';
import type { Schema } from '../../../api/types.js';
import type { PriceRuleVersion, RewardRuleVersion } from './who-wins.js';

type Price = Schema<'PriceRuleDetailDto'>;
type Reward = Schema<'RewardRuleDetailDto'>;

/** What a version of a rule says, in an answer of the API or as a draft that would be sent. */
interface Terms {
  scope: Schema<'RuleScopeDto'>;
  storefront?: string | null;
  name?: string | null;
  validFrom: string;
  validTo?: string | null;
}

interface Place {
  id: string;
  version: number;
  endedAt: string | null;
}

/** A draft counts as a rule that was made last. */
export const DRAFT: Place = { id: '~', version: 1, endedAt: null };

/** Every version of a price rule, as the order of rules looks at it. */
export function priceVersions({ id, endedAt, versions }: Price): PriceRuleVersion[] {
  return versions.map((version) => priceVersion(version, { id, version: version.version, endedAt }));
}

export function priceVersion(
  terms: Terms & Pick<Schema<'PriceRuleTermsDto'>, 'kind' | 'rateBps' | 'amount' | 'currency' | 'floor'>,
  place: Place,
): PriceRuleVersion {
  const { kind, rateBps, amount, currency, floor } = terms;
  return {
    ...common(terms, place),
    ruleId: place.id as PriceRuleVersion['ruleId'],
    name: terms.name ?? null,
    effect:
      kind === 'percent-off'
        ? { kind, rateBps: needed(rateBps) }
        : { kind, amount: BigInt(needed(amount)), currency: needed(currency) },
    floor: floor == null ? null : BigInt(floor),
  };
}

/** Every version of a reward rule, as the order of rules looks at it. */
export function rewardVersions({ id, endedAt, versions }: Reward): RewardRuleVersion[] {
  return versions.map((version) => rewardVersion(version, { id, version: version.version, endedAt }));
}

export function rewardVersion(
  terms: Terms &
    Pick<
      Schema<'RewardRuleTermsDto'>,
      'posting' | 'holdDays' | 'grants' | 'minPaid' | 'include' | 'exclude' | 'firstOrder' | 'bonus'
    >,
  place: Place,
): RewardRuleVersion {
  const { minPaid, include, exclude, firstOrder, bonus } = terms;
  return {
    ...common(terms, place),
    ruleId: place.id as RewardRuleVersion['ruleId'],
    name: terms.name ?? null,
    posting: terms.posting === 'direct' ? { posting: 'direct' } : { posting: 'pending', holdDays: terms.holdDays ?? 0 },
    conditions: conditionsOf({ minPaid, include, exclude, firstOrder, bonus }),
    grants: terms.grants.map((grant) => {
      const { budgets, tiers, rateBps, amount, per, units, mode, cap } = grant;
      const plain = withoutNull({ rateBps, amount, per, units, mode, cap, tiers });
      return grantFromJson({ ...plain, asset: grant.asset, kind: grant.kind, budgets: withoutNull(budgets ?? {}) });
    }),
  };
}

function common(terms: Terms, { version, endedAt }: Place) {
  return {
    version,
    scope: withoutNull(terms.scope) as RuleScope,
    storefrontId: (terms.storefront ?? null) as PriceRuleVersion['storefrontId'],
    validFrom: new Date(terms.validFrom),
    validTo: terms.validTo == null ? null : new Date(terms.validTo),
    endedAt: endedAt === null ? null : new Date(endedAt),
  };
}

type Given<T> = { [Name in keyof T]?: Exclude<T[Name], null | undefined> };

function withoutNull<T extends object>(given: T): Given<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value != null)) as Given<T>;
}

/** Throws RangeError where a draft is not filled in yet. */
function needed<T>(value: T | null | undefined): T {
  if (value == null) throw new RangeError('not filled in');
  return value;
}
