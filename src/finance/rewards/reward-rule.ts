import { minorFromWire, minorToWire } from '../../shared/money.js';
import type { RuleVersion } from '../../shared/rule.js';

/** What a rule gives. Amounts, `per` and `cap` in minor units, whole points or coupons; a cap is per order. */
export type GrantTerms = { asset: string; cap: bigint | null } & (
  | { kind: 'percent'; rateBps: number }
  | { kind: 'fixed'; amount: bigint }
  | { kind: 'per-amount'; per: bigint; units: bigint }
);

/** Whether a reward is the merchant's at once, or after a hold period in which a refund takes it back. */
export type Posting = { posting: 'direct' } | { posting: 'pending'; holdDays: number };

/** One version of a reward rule, as the calculation needs it. */
export interface RewardRuleVersion extends RuleVersion {
  name: string | null;
  posting: Posting;
  /** The rule counts only when at least this was paid for merchandise, in minor units of the order's currency. */
  minPaid: bigint | null;
  grants: readonly GrantTerms[];
}

/** A grant as it stands in requests, answers and the database. */
export interface GrantJson {
  asset: string;
  kind: 'percent' | 'fixed' | 'per-amount';
  rateBps?: number;
  amount?: number;
  per?: number;
  units?: number;
  cap?: number;
}

/** Throws RangeError when a member that the kind needs is missing; the DTO has checked that. */
export function grantFromJson(json: GrantJson): GrantTerms {
  const { asset } = json;
  const cap = json.cap === undefined ? null : minorFromWire(json.cap);
  switch (json.kind) {
    case 'percent':
      return { asset, cap, kind: 'percent', rateBps: needed(json.rateBps) };
    case 'fixed':
      return { asset, cap, kind: 'fixed', amount: minorFromWire(needed(json.amount)) };
    case 'per-amount':
      return {
        asset,
        cap,
        kind: 'per-amount',
        per: minorFromWire(needed(json.per)),
        units: minorFromWire(needed(json.units)),
      };
  }
}

export function grantToJson(grant: GrantTerms): GrantJson {
  const { asset, kind } = grant;
  const cap = grant.cap === null ? {} : { cap: minorToWire(grant.cap) };
  switch (grant.kind) {
    case 'percent':
      return { asset, kind, rateBps: grant.rateBps, ...cap };
    case 'fixed':
      return { asset, kind, amount: minorToWire(grant.amount), ...cap };
    case 'per-amount':
      return { asset, kind, per: minorToWire(grant.per), units: minorToWire(grant.units), ...cap };
  }
}

function needed(value: number | undefined): number {
  if (value === undefined) throw new RangeError('a grant lacks a member');
  return value;
}
