import { minorFromWire, minorToWire } from '../shared/money.js';
import type { FieldError } from '../shared/domain-error.js';
import type { PriceRuleDetailDto, PriceRuleTermsDto, PriceRuleVersionDto, PriceRuleDto } from './price-rule.dto.js';
import type { PriceRule } from './price-rule.repository.js';
import type { PriceEffect, PriceRuleVersion } from './price-rule.js';
import { invalid, ruleTerms, type RuleTerms } from './rule-terms.js';

export type PriceRuleTerms = RuleTerms & Pick<PriceRuleVersion, 'effect' | 'floor'>;

/** The terms of a price rule version as values. Throws `request.invalid` when kind and numbers do not fit together. */
export function priceRuleTerms(dto: PriceRuleTermsDto): PriceRuleTerms {
  return { ...ruleTerms(dto), effect: effectOf(dto), floor: dto.floor == null ? null : minorFromWire(dto.floor) };
}

const NUMBERS = ['rateBps', 'amount', 'currency'] as const;

function effectOf({ kind, rateBps, amount, currency }: PriceRuleTermsDto): PriceEffect {
  if (kind === 'percent-off') {
    if (rateBps != null && amount == null && currency == null) return { kind, rateBps };
  } else if (rateBps == null && amount != null && currency != null) {
    return { kind, amount: minorFromWire(amount), currency };
  }
  const given = { rateBps, amount, currency };
  const wanted: readonly string[] = kind === 'percent-off' ? ['rateBps'] : ['amount', 'currency'];
  const wrong = NUMBERS.filter((name) => wanted.includes(name) !== (given[name] != null));
  throw invalid(
    ...wrong.map((name): FieldError => ({
      pointer: `/${name}`,
      detail: given[name] == null ? `is needed with ${kind}` : `does not go with ${kind}`,
    })),
  );
}

function versionFields({ effect, floor, ...version }: PriceRuleVersion) {
  return {
    version: version.version,
    name: version.name,
    scope: version.scope,
    storefront: version.storefrontId,
    kind: effect.kind,
    rateBps: effect.kind === 'percent-off' ? effect.rateBps : null,
    amount: effect.kind === 'percent-off' ? null : minorToWire(effect.amount),
    currency: effect.kind === 'percent-off' ? null : effect.currency,
    floor: floor === null ? null : minorToWire(floor),
    validFrom: version.validFrom.toISOString(),
    validTo: version.validTo?.toISOString() ?? null,
  } satisfies PriceRuleVersionDto;
}

function ruleFields({ id, createdAt, endedAt, versions }: PriceRule) {
  const latest = versions.at(-1);
  if (!latest) throw new Error(`price rule ${id} has no version`);
  return {
    id,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    ...versionFields(latest),
  };
}

/** A rule as a list shows it. */
export function priceRuleView(rule: PriceRule): PriceRuleDto {
  return ruleFields(rule);
}

/** A rule with its versions. */
export function priceRuleDetail(rule: PriceRule): PriceRuleDetailDto {
  return { ...ruleFields(rule), versions: rule.versions.map(versionFields) };
}
