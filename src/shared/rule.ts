import type { MerchantId, RuleId, StorefrontId } from './ids.js';
/**
 * What price rules and reward rules have in common: whom and what they are for, when they are in force, and which of them wins.
 * A rule is a row of versions. From its `validFrom` on a version replaces the one before it, also when it ends earlier
 * than that one would have.
 */

/** Who brings the shopper (merchant or group) and what is bought (product or category); `{}` is everyone, everything. */
export interface RuleScope {
  /** mer_…; excludes `group`. */
  merchant?: MerchantId;
  group?: string;
  /** A sku; excludes `category`. */
  product?: string;
  category?: string;
}

export interface RuleVersion {
  ruleId: RuleId;
  version: number;
  scope: RuleScope;
  /** null: every storefront. */
  storefrontId: StorefrontId | null;
  validFrom: Date;
  /** Exclusive; null: until replaced or ended. */
  validTo: Date | null;
  /** When the whole rule ends (exclusive), with every version of it; null: it has not been ended. */
  endedAt: Date | null;
}

/** For whom a rule is sought: the merchant who counts, at one storefront. */
export interface RuleSubject {
  storefrontId: StorefrontId;
  merchantId: MerchantId;
  group: string | null;
}

/** For what a rule is sought. */
export interface RuleLine {
  sku: string;
  category: string | null;
}

/** What is wrong with a scope, as a sentence, or null. */
export function scopeProblem(scope: RuleScope): string | null {
  if (scope.merchant !== undefined && scope.group !== undefined) return 'merchant and group exclude each other';
  if (scope.product !== undefined && scope.category !== undefined) return 'product and category exclude each other';
  return null;
}

/**
 * Rank of a scope, 0 the most specific: merchant+product, merchant+category, merchant, group+product, group+category,
 * group, product, category, everyone.
 */
export function specificity(scope: RuleScope): number {
  const who = scope.merchant !== undefined ? 0 : scope.group !== undefined ? 1 : 2;
  const what = scope.product !== undefined ? 0 : scope.category !== undefined ? 1 : 2;
  return who * 3 + what;
}

/**
 * The winner comes first: the more specific; on a tie the one valid from a later moment, then the higher version, then
 * the rule made later (ids sort by time of making). Never 0 for two versions that are not the same.
 */
export function compareRules(a: RuleVersion, b: RuleVersion): number {
  return (
    specificity(a.scope) - specificity(b.scope) ||
    b.validFrom.getTime() - a.validFrom.getTime() ||
    b.version - a.version ||
    (a.ruleId === b.ruleId ? 0 : a.ruleId > b.ruleId ? -1 : 1)
  );
}

/** Whether a scope and storefront cover this merchant and line; says nothing about time. */
export function matches(
  rule: Pick<RuleVersion, 'scope' | 'storefrontId'>,
  subject: RuleSubject,
  line: RuleLine,
): boolean {
  const { merchant, group, product, category } = rule.scope;
  return (
    (rule.storefrontId === null || rule.storefrontId === subject.storefrontId) &&
    (merchant === undefined || merchant === subject.merchantId) &&
    (group === undefined || group === subject.group) &&
    (product === undefined || product === line.sku) &&
    (category === undefined || category === line.category)
  );
}

/** Of each rule the one version that is in force at `at`: the latest begun, if neither it nor the rule has ended. */
export function inForce<V extends RuleVersion>(versions: Iterable<V>, at: Date): V[] {
  const latest = new Map<RuleId, V>();
  for (const version of versions) {
    if (version.validFrom > at) continue;
    const other = latest.get(version.ruleId);
    if (!other || compareBegin(version, other) > 0) latest.set(version.ruleId, version);
  }
  return [...latest.values()].filter(
    ({ validTo, endedAt }) => (validTo === null || at < validTo) && (endedAt === null || at < endedAt),
  );
}

function compareBegin(a: RuleVersion, b: RuleVersion): number {
  return a.validFrom.getTime() - b.validFrom.getTime() || a.version - b.version;
}
