import { allocateByLargestRemainder, BPS, divideHalfAwayFromZero, divideTowardsZero } from '../../shared/money.js';
import { add, fraction, sum, ZERO, type Fraction } from '../../shared/fraction.js';
import { NO_REWARD } from './no-reward.js';
import { budgetKeys, volumeKey, type RewardableOrder, type RuleGroup, type Selection } from './reward-selection.js';
import type { GrantTerms, RewardRuleVersion } from './reward-rule.js';
import type { Candidate } from './rule-candidates.js';
import type { BudgetUse, RewardCounters, VolumePart } from './reward-counters.js';
import { tieredAmount } from './volume-tiers.js';
import { DAY_MS } from '../../shared/calendar.js';
import type { Amount } from '../../shared/amount.js';

/** A line's part in a reward: what was paid for it, and what it earned. `line` is its place in the order, from 0. */
export interface LineShare {
  line: number;
  commissionable: bigint;
  share: bigint;
}

/** What one rule version gives for one order in one asset. */
export interface RewardGrant extends Amount {
  rule: RewardRuleVersion;
  terms: GrantTerms;
  /** null when posted directly. */
  matureAt: Date | null;
  /** The merchant was suspended: the reward is on hold pending review. */
  held: boolean;
  lines: readonly LineShare[];
  /** Rules that covered these lines too. */
  candidates: readonly Candidate[];
  arithmetic: Arithmetic;
  /** What the grant takes of each of its budgets. */
  uses: readonly BudgetUse[];
}

/** How an amount came about; see reward-explanation.ts for the words. */
export interface Arithmetic {
  /** What was paid for merchandise, and for the lines of this rule. */
  merchandise: bigint;
  commissionable: bigint;
  /** The month's volume that a tiered grant begins from; null for other grants. */
  volume: VolumePart | null;
  /** What the terms give, before cap and rounding. */
  exact: Fraction;
  capped: boolean;
  /** All rules of this order and asset together, before and after the one rounding. */
  assetExact: Fraction;
  assetRounded: bigint;
  /** The budget that left no more; null when there was enough. */
  clamp: BudgetClamp | null;
}

/** A budget that had less left than a grant came to. */
export interface BudgetClamp {
  /** The month of a merchant's budget; null: the budget of the whole rule. */
  month: string | null;
  budget: bigint;
  left: bigint;
  /** What the grant came to. */
  amountBefore: bigint;
}

/** Grants with what they count, or the sentence that says why there are none. */
export interface RewardDecision {
  grants: readonly RewardGrant[];
  /** Counted whether or not it came to a grant. */
  volumes: readonly VolumePart[];
  noReward: string | null;
}

/** What a complete purchase earns by the rules that were selected for it, after the orders of `counters`. */
export function calculateRewards(
  order: RewardableOrder,
  selection: Selection,
  counters: RewardCounters,
): RewardDecision {
  const { groups } = selection;
  const assets = [...new Set(groups.map((group) => group.terms.asset))].sort();
  const settled = assets.flatMap((asset) =>
    settleAsset(order, { ...selection, groups: groups.filter((group) => group.terms.asset === asset) }, counters),
  );
  const grants = settled.filter((grant) => grant.amount > 0n);
  const volumes = settled.map(({ arithmetic }) => arithmetic.volume).filter((volume) => volume !== null);
  if (grants.length > 0) return { grants, volumes, noReward: null };
  const noReward = settled.some(({ arithmetic }) => arithmetic.clamp !== null)
    ? NO_REWARD.budgetUsed.en
    : NO_REWARD.tooSmall.en;
  return { grants, volumes, noReward };
}

/** One asset of one order: exact amounts, caps, one rounding of their sum, back to rules, budgets, and back to lines. */
function settleAsset(
  order: RewardableOrder,
  { merchandise, month, groups }: Selection,
  counters: RewardCounters,
): RewardGrant[] {
  const volumes = groups.map((group) => volumePart(order, group, month, counters));
  const exact = groups.map((group, i) => exactAmount(group, volumes[i] ?? null));
  const clamped = exact.map((amount, i) => clamp(amount, groups[i]?.terms.cap ?? null));
  const assetExact = sum(clamped);
  const { total: assetRounded, shares } = roundOnce(clamped);
  return groups.map((group, i): RewardGrant => {
    const amountBefore = shares[i] ?? 0n;
    const budgets = month === null ? [] : budgetKeys(order, group, month);
    const clamp = tightest(
      budgets.map(({ key, budget }) => ({
        month: key.month === '' ? null : key.month,
        budget,
        left: left(budget, counters.usedOf(key)),
        amountBefore,
      })),
    );
    const amount = clamp?.left ?? amountBefore;
    const lineShares = allocateByLargestRemainder(
      amount,
      group.lines.map((line) => line.commissionable),
    );
    const { posting } = group.rule;
    return {
      asset: group.terms.asset,
      amount,
      rule: group.rule,
      terms: group.terms,
      matureAt: posting.posting === 'direct' ? null : new Date(order.completedAt.getTime() + posting.holdDays * DAY_MS),
      held: order.merchantAtCompletion.state === 'suspended',
      candidates: group.candidates.list(),
      lines: group.lines.map((line, place) => ({ ...line, share: lineShares[place] ?? 0n })),
      arithmetic: {
        merchandise,
        commissionable: commissionableOf(group),
        volume: volumes[i] ?? null,
        exact: exact[i] ?? ZERO,
        capped: exact[i] !== clamped[i],
        assetExact,
        assetRounded,
        clamp,
      },
      uses: budgets.map(({ key, budget }) => ({ ...key, budget, usedBefore: counters.usedOf(key), amount })),
    };
  });
}

function volumePart(
  order: RewardableOrder,
  group: RuleGroup,
  month: string | null,
  counters: RewardCounters,
): VolumePart | null {
  const key = month === null ? null : volumeKey(order, group, month);
  const lines = group.lines.map(({ line }) => line);
  return key && { ...key, commissionable: commissionableOf(group), volumeBefore: counters.volumeOf(key), lines };
}

function exactAmount(group: RuleGroup, volume: VolumePart | null): Fraction {
  const { terms } = group;
  switch (terms.kind) {
    case 'percent':
      return fraction(commissionableOf(group) * BigInt(terms.rateBps), BPS);
    case 'fixed':
      return fraction(terms.amount);
    case 'per-amount':
      return fraction(terms.units * divideTowardsZero(commissionableOf(group), terms.per));
    case 'tiered': {
      const before = volume?.volumeBefore ?? 0n;
      return tieredAmount(terms, before, before + commissionableOf(group));
    }
  }
}

function clamp(amount: Fraction, cap: bigint | null): Fraction {
  return cap !== null && amount.numerator > cap * amount.denominator ? fraction(cap) : amount;
}

/** What is left of a budget; nothing when a later version has made it smaller than what was used before. */
function left(budget: bigint, used: bigint): bigint {
  return used < budget ? budget - used : 0n;
}

/** Of the budgets with less left than the amount the one with the least; on a tie the earlier. */
function tightest(budgets: readonly BudgetClamp[]): BudgetClamp | null {
  return budgets.reduce<BudgetClamp | null>(
    (least, budget) => (budget.left < (least?.left ?? budget.amountBefore) ? budget : least),
    null,
  );
}

/**
 * The sum rounded once, half away from zero, and given back by largest remainder of the exact amounts: each share
 * is its amount rounded down or up, so none is more than its cap. Ties go to the earlier.
 */
function roundOnce(amounts: readonly Fraction[]): { total: bigint; shares: bigint[] } {
  const exact = amounts.reduce(add, ZERO);
  const total = divideHalfAwayFromZero(exact.numerator, exact.denominator);
  const shares = amounts.map((amount) => divideTowardsZero(amount.numerator, amount.denominator));
  let left = total - shares.reduce((a, b) => a + b, 0n);
  const order = amounts
    .map((amount, index) => ({ index, numerator: amount.numerator % amount.denominator, of: amount.denominator }))
    .sort((a, b) => compareBig(b.numerator * a.of, a.numerator * b.of) || a.index - b.index);
  for (const { index } of order) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return { total, shares };
}

function commissionableOf(group: RuleGroup): bigint {
  return group.lines.reduce((total, line) => total + line.commissionable, 0n);
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
