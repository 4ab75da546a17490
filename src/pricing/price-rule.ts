import type { RuleVersion } from '../shared/rule.js';
import type { PriceRuleId } from '../shared/ids.js';

export const PRICE_RULE_KINDS = ['percent-off', 'amount-off', 'fixed-price'] as const;
export type PriceRuleKind = (typeof PRICE_RULE_KINDS)[number];

/** What a rule does to the price of one unit. Amounts in minor units. */
export type PriceEffect =
  | { kind: 'percent-off'; rateBps: number }
  | { kind: 'amount-off'; amount: bigint; currency: string }
  | { kind: 'fixed-price'; amount: bigint; currency: string };

export interface PriceRuleVersion extends RuleVersion {
  ruleId: PriceRuleId;
  name: string | null;
  effect: PriceEffect;
  /** The rule brings no price below this (minor units of the basket's currency), unless the list price is. */
  floor: bigint | null;
}

/** A rule with amounts of another currency says nothing about a basket. */
export function appliesIn(rule: PriceRuleVersion, currency: string): boolean {
  return rule.effect.kind === 'percent-off' || rule.effect.currency === currency;
}
