import { minorFromWire, minorToWire } from '../../shared/money.js';
import type { RuleVersion } from '../../shared/rule.js';
import type { RewardConditions } from './reward-conditions.js';
import type { Tier, TierMode } from './volume-tiers.js';
import type { RewardRuleId } from '../../shared/ids.js';

/**
 * What a rule gives. Amounts, `per`, `cap` and budgets in minor units, whole points or coupons. A cap is per order; a
 * budget is for all orders that the rule rewards in the asset, its versions together; null: none.
 */
export type GrantTerms = {
  asset: string;
  cap: bigint | null;
  /** At most this for one merchant in one calendar month. */
  merchantMonthBudget: bigint | null;
  /** At most this for all merchants, for as long as the rule lives. */
  ruleBudget: bigint | null;
} & (
  | { kind: 'percent'; rateBps: number }
  | { kind: 'fixed'; amount: bigint }
  | { kind: 'per-amount'; per: bigint; units: bigint }
  | { kind: 'tiered'; mode: TierMode; tiers: readonly Tier[] }
);

/** Whether a reward is the merchant's at once, or after a waiting period in which a refund takes it back. */
export type Posting = { posting: 'direct' } | { posting: 'pending'; holdDays: number };

/** One version of a reward rule, as the calculation needs it. */
export interface RewardRuleVersion extends RuleVersion {
  ruleId: RewardRuleId;
  name: string | null;
  posting: Posting;
  conditions: RewardConditions;
  grants: readonly GrantTerms[];
}

/** A grant as it stands in requests, answers and the database. */
export interface GrantJson {
  asset: string;
  kind: GrantTerms['kind'];
  rateBps?: number;
  amount?: number;
  per?: number;
  units?: number;
  mode?: TierMode;
  tiers?: { from: number; rateBps: number }[];
  cap?: number;
  budgets?: { perMerchantMonth?: number; perRule?: number };
}

/** Throws RangeError when a member that the kind needs is missing; the DTO has checked that. */
export function grantFromJson(json: GrantJson): GrantTerms {
  const { asset, kind } = json;
  const common = {
    asset,
    cap: amountOrNull(json.cap),
    merchantMonthBudget: amountOrNull(json.budgets?.perMerchantMonth),
    ruleBudget: amountOrNull(json.budgets?.perRule),
  };
  switch (kind) {
    case 'percent':
      return { ...common, kind, rateBps: needed(json.rateBps) };
    case 'fixed':
      return { ...common, kind, amount: minorFromWire(needed(json.amount)) };
    case 'per-amount':
      return { ...common, kind, per: minorFromWire(needed(json.per)), units: minorFromWire(needed(json.units)) };
    case 'tiered':
      return {
        ...common,
        kind,
        mode: needed(json.mode),
        tiers: needed(json.tiers).map(({ from, rateBps }) => ({ from: minorFromWire(from), rateBps })),
      };
  }
}

export function grantToJson(grant: GrantTerms): GrantJson {
  const { asset, kind, cap, merchantMonthBudget, ruleBudget } = grant;
  const limits: Pick<GrantJson, 'cap' | 'budgets'> = {
    ...(cap !== null && { cap: minorToWire(cap) }),
    ...((merchantMonthBudget !== null || ruleBudget !== null) && {
      budgets: {
        ...(merchantMonthBudget !== null && { perMerchantMonth: minorToWire(merchantMonthBudget) }),
        ...(ruleBudget !== null && { perRule: minorToWire(ruleBudget) }),
      },
    }),
  };
  switch (grant.kind) {
    case 'percent':
      return { asset, kind, rateBps: grant.rateBps, ...limits };
    case 'fixed':
      return { asset, kind, amount: minorToWire(grant.amount), ...limits };
    case 'per-amount':
      return { asset, kind, per: minorToWire(grant.per), units: minorToWire(grant.units), ...limits };
    case 'tiered': {
      const tiers = grant.tiers.map(({ from, rateBps }) => ({ from: minorToWire(from), rateBps }));
      return { asset, kind, mode: grant.mode, tiers, ...limits };
    }
  }
}

function amountOrNull(json: number | undefined): bigint | null {
  return json === undefined ? null : minorFromWire(json);
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('a grant lacks a member');
  return value;
}
