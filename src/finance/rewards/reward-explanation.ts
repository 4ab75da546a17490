import type { Attribution } from '../../detection/index.js';
import { minorToWire } from '../../shared/money.js';
import type { RuleScope } from '../../shared/rule.js';
import { fractionText } from './fraction.js';
import { grantToJson, type GrantJson } from './reward-rule.js';
import type { RewardableOrder, RewardGrant } from './reward-calculation.js';
import type { Contender } from './rule-contest.js';

/**
 * Why a reward is what it is, as facts: kept with the reward for good. Amounts in minor units, whole points or coupons.
 * reward-words.ts says it in sentences.
 */
export interface RewardExplanation {
  attribution: Attribution;
  /** RFC 3339: when the order was placed, and so when the attribution had to hold. */
  placedAt: string;
  rule: { id: string; version: number; name: string | null; scope: RuleScope; storefront: string | null };
  /** Rules that covered these lines too, and why each did not win them; the first of them. */
  contest: Contender[];
  grant: GrantJson;
  posting: { posting: 'direct' | 'pending'; holdDays: number | null; held: boolean };
  basis: {
    currency: string;
    amountPaid: number;
    shipping: number;
    tax: number;
    /** What was paid for merchandise, and of it for the lines below. */
    merchandise: number;
    lines: number;
  };
  arithmetic: {
    /** What the grant comes to before cap and rounding: "29/2" is 14.5. */
    exact: string;
    /** The cap that was applied, or null. */
    cappedAt: number | null;
    /** All rules of this order and asset together, before and after the one rounding (half away from zero). */
    assetExact: string;
    assetRounded: number;
    amount: number;
  };
  /** The lines that the rule won for this asset: what was paid for each, and its share of the amount. */
  lines: { line: number; sku: string; basis: number; share: number }[];
}

/** The explanation of one grant of an order. */
export function explainReward(order: RewardableOrder, grant: RewardGrant): RewardExplanation {
  const { rule, arithmetic } = grant;
  return {
    attribution: order.attribution,
    placedAt: order.placedAt.toISOString(),
    rule: {
      id: rule.ruleId,
      version: rule.version,
      name: rule.name,
      scope: rule.scope,
      storefront: rule.storefrontId,
    },
    contest: [...grant.contest],
    grant: grantToJson(grant.terms),
    posting: {
      posting: rule.posting.posting,
      holdDays: rule.posting.posting === 'pending' ? rule.posting.holdDays : null,
      held: grant.held,
    },
    basis: {
      currency: order.currency,
      amountPaid: minorToWire(order.amountPaid),
      shipping: minorToWire(order.shipping),
      tax: minorToWire(order.tax),
      merchandise: minorToWire(arithmetic.merchandise),
      lines: minorToWire(arithmetic.basis),
    },
    arithmetic: {
      exact: fractionText(arithmetic.exact),
      cappedAt: arithmetic.capped && grant.terms.cap !== null ? minorToWire(grant.terms.cap) : null,
      assetExact: fractionText(arithmetic.assetExact),
      assetRounded: minorToWire(arithmetic.assetRounded),
      amount: minorToWire(grant.amount),
    },
    lines: grant.lines.map(({ line, basis, share }) => ({
      line,
      sku: order.lines[line]?.sku ?? '',
      basis: minorToWire(basis),
      share: minorToWire(share),
    })),
  };
}
