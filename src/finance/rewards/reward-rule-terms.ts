import { ruleTerms } from '../../pricing/index.js';
import { DomainError, type FieldError, type SharedErrorCode } from '../../shared/domain-error.js';
import { minorFromWire } from '../../shared/money.js';
import { ASSET_FORMS, assetKind, grantableForms, isAsset } from '../../shared/asset.js';
import type {
  GrantDto,
  RewardRuleDetailDto,
  RewardRuleTermsDto,
  RewardRuleVersionDto,
  RewardRuleDto,
} from './reward-rule.dto.js';
import { conditionFaults, conditionsOf, wholeConditions } from './reward-conditions.js';
import { grantFromJson, grantToJson, type GrantJson, type RewardRuleVersion } from './reward-rule.js';
import type { RewardRule } from './reward-rule.repository.js';
import { tierProblem } from './volume-tiers.js';
import type { StorefrontId } from '../../shared/ids.js';

/** What a version says, without its place in a rule. */
export type RewardTerms = Omit<RewardRuleVersion, 'ruleId' | 'version' | 'endedAt'>;

/** The members that a kind of grant needs; the others must be absent. */
const NEEDS = {
  percent: ['rateBps'],
  fixed: ['amount'],
  'per-amount': ['per', 'units'],
  tiered: ['mode', 'tiers'],
} as const;
const MEMBERS = ['rateBps', 'amount', 'per', 'units', 'mode', 'tiers'] as const;

/**
 * The terms of a request. `currencyOf` knows the currency of a storefront. Throws `request.invalid` with a pointer for
 * everything that cannot be meant.
 */
export function rewardTerms(
  dto: RewardRuleTermsDto,
  currencyOf: (storefrontId: StorefrontId) => string | undefined,
): RewardTerms {
  const terms = ruleTerms(dto);
  const currency = terms.storefrontId === null ? undefined : currencyOf(terms.storefrontId);
  const errors: FieldError[] = dto.grants.flatMap((grant, index) =>
    grantErrors(grant, currency).map(({ pointer, detail }) => ({ pointer: `/grants/${index}${pointer}`, detail })),
  );
  dto.grants.forEach(({ asset }, index) => {
    if (dto.grants.findIndex((other) => other.asset === asset) < index)
      errors.push({ pointer: `/grants/${index}/asset`, detail: 'must differ from the assets of the other grants' });
  });
  const conditions = conditionsOf(dto);
  errors.push(...conditionFaults(conditions).map(({ name, detail }) => ({ pointer: `/${name}`, detail })));
  if (dto.posting === 'pending' && dto.holdDays == null)
    errors.push({ pointer: '/holdDays', detail: 'must be given with posting pending' });
  if (dto.posting === 'direct' && dto.holdDays != null)
    errors.push({ pointer: '/holdDays', detail: 'must not be given with posting direct' });
  if (errors.length > 0)
    throw new DomainError<SharedErrorCode>('request.invalid', `${errors.length} field(s) are not valid.`, errors);
  return {
    ...terms,
    posting:
      dto.posting === 'direct' ? { posting: 'direct' } : { posting: 'pending', holdDays: dto.holdDays as number },
    conditions,
    grants: dto.grants.map(({ budgets, ...grant }) =>
      grantFromJson(withoutNull<GrantJson>({ ...grant, budgets: budgets && withoutNull(budgets) })),
    ),
  };
}

/** A request may say null for what it leaves out. */
function withoutNull<T extends object>(given: { [K in keyof T]: T[K] | null }): T {
  const entries: unknown = Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
  return entries as T;
}

function grantErrors(grant: GrantDto, storefrontCurrency: string | undefined): FieldError[] {
  const { asset, kind } = grant;
  const errors: FieldError[] = [];
  const assetError = (detail: string) => errors.push({ pointer: '/asset', detail });
  if (!isAsset(asset)) assetError(`must be ${ASSET_FORMS}`);
  else if (assetKind(asset).money && storefrontCurrency !== undefined && asset !== storefrontCurrency)
    assetError(`must be ${storefrontCurrency}, the storefront’s currency`);
  else if (!assetKind(asset).grants.includes(kind)) assetError(`must be ${grantableForms(kind)} with kind ${kind}`);
  const needs: readonly string[] = NEEDS[kind];
  for (const name of MEMBERS) {
    if (needs.includes(name) && grant[name] == null)
      errors.push({ pointer: `/${name}`, detail: `must be given with kind ${kind}` });
    if (!needs.includes(name) && grant[name] != null)
      errors.push({ pointer: `/${name}`, detail: `must not be given with kind ${kind}` });
  }
  if (kind === 'tiered' && grant.mode && grant.tiers) {
    const tiers = grant.tiers.map(({ from, rateBps }) => ({ from: minorFromWire(from), rateBps }));
    const problem = tierProblem(grant.mode, tiers);
    if (problem) errors.push({ pointer: `/tiers/${problem.index}`, detail: problem.detail });
  }
  return errors;
}

export function rewardRuleDetail(rule: RewardRule): RewardRuleDetailDto {
  return Object.assign(rewardRuleView(rule), { versions: rule.versions.map(versionView) });
}

/** A rule with what its latest version says. */
export function rewardRuleView(rule: RewardRule): RewardRuleDto {
  const latest = rule.versions.at(-1);
  if (!latest) throw new Error(`reward rule ${rule.id} has no version`);
  return Object.assign(versionView(latest), {
    id: rule.id,
    createdAt: rule.createdAt.toISOString(),
    endedAt: rule.endedAt?.toISOString() ?? null,
  });
}

function versionView(version: RewardRuleVersion): RewardRuleVersionDto {
  const { posting } = version;
  return {
    version: version.version,
    name: version.name,
    scope: version.scope,
    storefront: version.storefrontId,
    posting: posting.posting,
    holdDays: posting.posting === 'pending' ? posting.holdDays : null,
    ...wholeConditions(version.conditions),
    grants: version.grants.map(grantToJson),
    validFrom: version.validFrom.toISOString(),
    validTo: version.validTo?.toISOString() ?? null,
  };
}
