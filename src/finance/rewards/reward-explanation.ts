import type { Attribution } from '../../detection/visits/index.js';
import { minorToWire } from '../../shared/money.js';
import type { RuleScope } from '../../shared/rule.js';
import { fractionText } from '../../shared/fraction.js';
import type { RewardGrant } from './reward-calculation.js';
import type { RewardConditions } from './reward-conditions.js';
import { grantToJson, type GrantJson } from './reward-rule.js';
import type { RewardableOrder } from './reward-selection.js';
import type { Candidate } from './rule-candidates.js';
import type { MerchantId, RewardRuleId, StorefrontId } from '../../shared/ids.js';

/**
 * Why a reward is what it is, as facts: kept with the reward for good. Amounts in minor units, whole points or coupons.
 * Which merchant and why is the order's, kept there for good, and stands here no second time.
 */
export interface RewardExplanation {
  rule: { id: RewardRuleId; version: number; name: string | null; scope: RuleScope; storefront: StorefrontId | null };
  /** Rules that covered these lines too, and why each did not win them; the first of them. */
  candidates: Candidate[];
  conditions: RewardConditions;
  grant: GrantJson;
  posting: { posting: 'direct' | 'pending'; holdDays: number | null; held: boolean };
  commissionable: {
    currency: string;
    amountPaid: number;
    shipping: number;
    tax: number;
    /** What was paid for merchandise, and of it for the lines below. */
    merchandise: number;
    lines: number;
  };
  arithmetic: {
    /** The month's volume before and after this order, for a tiered grant. */
    volume: { month: string; before: number; after: number } | null;
    /** What the grant comes to before cap and rounding: "29/2" is 14.5. */
    exact: string;
    /** The cap that was applied, or null. */
    cappedAt: number | null;
    /** All rules of this order and asset together, before and after the one rounding (half away from zero). */
    assetExact: string;
    assetRounded: number;
    /** The budget that had less left than the grant came to; `month` is null for the budget of the whole rule. */
    clampedBy: { month: string | null; budget: number; left: number; amountBefore: number } | null;
    amount: number;
  };
  /** The lines that the rule won for this asset: what was paid for each, and its share of the amount. */
  lines: { line: number; sku: string; commissionable: number; share: number }[];
}

/** With what the order says: which merchant and why, and when that had to hold. reward-words.ts says it in sentences. */
export interface WholeExplanation extends RewardExplanation {
  attribution: Attribution;
  /** RFC 3339: when the order was placed. */
  placedAt: string;
}

/** Puts together what the order and its reward keep. */
export function wholeExplanation(
  order: Pick<RewardableOrder, 'attribution' | 'placedAt'>,
  kept: RewardExplanation,
): WholeExplanation {
  return { attribution: order.attribution, placedAt: order.placedAt.toISOString(), ...kept };
}

/** An explanation as the API shows it. */
export interface RewardExplanationView extends Omit<WholeExplanation, 'attribution'> {
  attribution: Omit<Attribution, 'merchantId'> & { merchant: MerchantId };
}

/** The explanation in the names of the API. */
export function explanationView({ attribution, ...facts }: WholeExplanation): RewardExplanationView {
  const { merchantId: merchant, ...why } = attribution;
  return { attribution: { merchant, ...why }, ...facts };
}

/** The explanation of one grant of an order. */
export function explainReward(order: RewardableOrder, grant: RewardGrant): RewardExplanation {
  const { rule, arithmetic } = grant;
  return {
    rule: {
      id: rule.ruleId,
      version: rule.version,
      name: rule.name,
      scope: rule.scope,
      storefront: rule.storefrontId,
    },
    candidates: [...grant.candidates],
    conditions: rule.conditions,
    grant: grantToJson(grant.terms),
    posting: {
      posting: rule.posting.posting,
      holdDays: rule.posting.posting === 'pending' ? rule.posting.holdDays : null,
      held: grant.held,
    },
    commissionable: {
      currency: order.currency,
      amountPaid: minorToWire(order.amountPaid),
      shipping: minorToWire(order.shipping),
      tax: minorToWire(order.tax),
      merchandise: minorToWire(arithmetic.merchandise),
      lines: minorToWire(arithmetic.commissionable),
    },
    arithmetic: {
      volume: arithmetic.volume && {
        month: arithmetic.volume.month,
        before: minorToWire(arithmetic.volume.volumeBefore),
        after: minorToWire(arithmetic.volume.volumeBefore + arithmetic.volume.commissionable),
      },
      exact: fractionText(arithmetic.exact),
      cappedAt: arithmetic.capped && grant.terms.cap !== null ? minorToWire(grant.terms.cap) : null,
      assetExact: fractionText(arithmetic.assetExact),
      assetRounded: minorToWire(arithmetic.assetRounded),
      clampedBy: arithmetic.clamp && {
        month: arithmetic.clamp.month,
        budget: minorToWire(arithmetic.clamp.budget),
        left: minorToWire(arithmetic.clamp.left),
        amountBefore: minorToWire(arithmetic.clamp.amountBefore),
      },
      amount: minorToWire(grant.amount),
    },
    lines: grant.lines.map(({ line, commissionable, share }) => ({
      line,
      sku: order.lines[line]?.sku ?? '',
      commissionable: minorToWire(commissionable),
      share: minorToWire(share),
    })),
  };
}
