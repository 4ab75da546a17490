import type { Attribution, OrderSnapshot } from '../../detection/index.js';
import {
  allocateByLargestRemainder,
  BPS,
  divideHalfAwayFromZero,
  divideTowardsZero,
  isCurrency,
  minAmount,
} from '../../shared/money.js';
import type { RuleBook } from '../../shared/rule-book.js';
import { add, fraction, sum, ZERO, type Fraction } from './fraction.js';
import type { GrantTerms, RewardRuleVersion } from './reward-rule.js';
import { Contest, type Contender, type Loss } from './rule-contest.js';

/** An order whose purchase is complete and that a merchant brought. */
export type RewardableOrder = OrderSnapshot & {
  attribution: Attribution;
  amountPaid: bigint;
  completedAt: Date;
  merchantAtCompletion: NonNullable<OrderSnapshot['merchantAtCompletion']>;
};

/** A line's part in a reward: what was paid for it, and what it earned. `line` is its place in the order, from 0. */
export interface LineShare {
  line: number;
  basis: bigint;
  share: bigint;
}

/** What one rule version gives for one order in one asset. */
export interface RewardGrant {
  asset: string;
  amount: bigint;
  rule: RewardRuleVersion;
  terms: GrantTerms;
  /** null when posted directly. */
  matureAt: Date | null;
  /** The merchant was suspended: the reward waits for a person. */
  held: boolean;
  lines: readonly LineShare[];
  /** Rules that covered these lines too. */
  contest: readonly Contender[];
  arithmetic: Arithmetic;
}

/** How an amount came about; see reward-explanation.ts for the words. */
export interface Arithmetic {
  /** What was paid for merchandise, and for the lines of this rule. */
  merchandise: bigint;
  basis: bigint;
  /** What the terms give, before cap and rounding. */
  exact: Fraction;
  capped: boolean;
  /** All rules of this order and asset together, before and after the one rounding. */
  assetExact: Fraction;
  assetRounded: bigint;
}

/** Grants, or the sentence that says why there are none. */
export type RewardDecision =
  { grants: readonly RewardGrant[]; nothing: null } | { grants: readonly []; nothing: string };

interface Group {
  rule: RewardRuleVersion;
  terms: GrantTerms;
  lines: { line: number; basis: bigint }[];
  contest: Contest;
}

const DAY_MS = 86_400_000;

/**
 * What was paid for each line: without shipping and tax, and when that is less than the lines are worth, spread over
 * them in proportion (largest remainder). The order in which the lines stand makes no difference.
 */
export function lineBases(order: Pick<RewardableOrder, 'lines' | 'amountPaid' | 'shipping' | 'tax'>): bigint[] {
  const listed = order.lines.reduce((total, line) => total + line.lineTotal, 0n);
  const paid = order.amountPaid - order.shipping - order.tax;
  const merchandise = paid < 0n ? 0n : minAmount(paid, listed);
  if (merchandise === listed) return order.lines.map((line) => line.lineTotal);
  const sorted = order.lines
    .map((line, index) => ({ line, index, key: `${line.sku} ${line.category ?? ''} ${line.quantity.toString()}` }))
    .sort((a, b) => compareBig(b.line.lineTotal, a.line.lineTotal) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const shares = allocateByLargestRemainder(
    merchandise,
    sorted.map(({ line }) => line.lineTotal),
  );
  const bases = order.lines.map(() => 0n);
  sorted.forEach(({ index }, place) => (bases[index] = shares[place] ?? 0n));
  return bases;
}

/** The rewards of a complete purchase, by the rules in force when it was completed (money.md, "Rewards"). */
export function calculateRewards(
  order: RewardableOrder,
  rules: RuleBook<RewardRuleVersion>,
  options: { rewardOwnPurchases: boolean },
): RewardDecision {
  const merchant = order.merchantAtCompletion;
  if (merchant.state === 'closed') return nothing('The merchant’s account was closed when the purchase was completed.');
  if (!options.rewardOwnPurchases && isOwnPurchase(order))
    return nothing('The merchant bought this for themselves; own purchases are not rewarded.');
  const bases = lineBases(order);
  const merchandise = bases.reduce((a, b) => a + b, 0n);
  if (merchandise === 0n) return nothing('Nothing was paid for merchandise.');

  const groups = winners(order, rules, bases, merchandise);
  if (groups.length === 0) return nothing('No reward rule covered this order when it was completed.');
  const assets = [...new Set(groups.map((group) => group.terms.asset))].sort();
  const grants = assets.flatMap((asset) =>
    settleAsset(
      order,
      merchandise,
      groups.filter((group) => group.terms.asset === asset),
    ),
  );
  if (grants.length === 0) return nothing('The rules that cover this order come to nothing for an amount this small.');
  return { grants, nothing: null };
}

/** The rule that wins each line and asset, with the lines that it has won, in an order that the lines do not decide. */
function winners(
  order: RewardableOrder,
  rules: RuleBook<RewardRuleVersion>,
  bases: readonly bigint[],
  merchandise: bigint,
): Group[] {
  const subject = {
    storefrontId: order.storefrontId,
    merchantId: order.attribution.merchantId,
    group: order.merchantAtCompletion.group,
  };
  const covering = rules.at(order.completedAt).for(subject);
  const groups = new Map<string, Group>();
  order.lines.forEach((line, index) => {
    const basis = bases[index] ?? 0n;
    if (basis === 0n) return;
    const won = new Map<string, Group>();
    const barred: { asset: string; rule: RewardRuleVersion; loss: Loss }[] = [];
    for (const rule of covering.covering(line)) {
      const loss = rule.minPaid !== null && merchandise < rule.minPaid ? 'min-paid' : null;
      for (const terms of rule.grants) {
        const { asset } = terms;
        if (isCurrency(asset) && asset !== order.currency) continue;
        const winner = won.get(asset);
        if (loss !== null) barred.push({ asset, rule, loss });
        else if (winner) winner.contest.lostTo(winner.rule, rule);
        else {
          const key = `${asset} ${rule.ruleId} ${rule.version.toString()}`;
          const group = groups.get(key) ?? { rule, terms, lines: [], contest: new Contest() };
          group.lines.push({ line: index, basis });
          groups.set(key, group);
          won.set(asset, group);
        }
      }
    }
    for (const { asset, rule, loss } of barred) won.get(asset)?.contest.add(rule, loss);
  });
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** One asset of one order: exact amounts, caps, one rounding of their sum, and back to rules and lines. */
function settleAsset(order: RewardableOrder, merchandise: bigint, groups: readonly Group[]): RewardGrant[] {
  const exact = groups.map(exactAmount);
  const clamped = exact.map((amount, i) => clamp(amount, groups[i]?.terms.cap ?? null));
  const assetExact = sum(clamped);
  const { total: assetRounded, shares } = roundOnce(clamped);
  return groups
    .map((group, i): RewardGrant => {
      const amount = shares[i] ?? 0n;
      const lineShares = allocateByLargestRemainder(
        amount,
        group.lines.map((line) => line.basis),
      );
      const { posting } = group.rule;
      return {
        asset: group.terms.asset,
        amount,
        rule: group.rule,
        terms: group.terms,
        matureAt:
          posting.posting === 'direct' ? null : new Date(order.completedAt.getTime() + posting.holdDays * DAY_MS),
        held: order.merchantAtCompletion.state === 'suspended',
        contest: group.contest.list(),
        lines: group.lines.map((line, place) => ({ ...line, share: lineShares[place] ?? 0n })),
        arithmetic: {
          merchandise,
          basis: basisOf(group),
          exact: exact[i] ?? ZERO,
          capped: exact[i] !== clamped[i],
          assetExact,
          assetRounded,
        },
      };
    })
    .filter((grant) => grant.amount > 0n);
}

function exactAmount(group: Group): Fraction {
  const { terms } = group;
  switch (terms.kind) {
    case 'percent':
      return fraction(basisOf(group) * BigInt(terms.rateBps), BPS);
    case 'fixed':
      return fraction(terms.amount);
    case 'per-amount':
      return fraction(terms.units * divideTowardsZero(basisOf(group), terms.per));
  }
}

function clamp(amount: Fraction, cap: bigint | null): Fraction {
  return cap !== null && amount.numerator > cap * amount.denominator ? fraction(cap) : amount;
}

/**
 * The sum rounded once, half away from zero, and given back by largest remainder of the exact amounts: everybody gets
 * their amount rounded down or up, so nobody gets more than a cap. Ties go to the earlier.
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

function isOwnPurchase(order: RewardableOrder): boolean {
  const shopper = order.shopperRef?.toLowerCase();
  return (
    shopper !== undefined &&
    (shopper === order.merchantAtCompletion.wechatId.toLowerCase() || shopper === order.attribution.merchantId)
  );
}

function basisOf(group: Group): bigint {
  return group.lines.reduce((total, line) => total + line.basis, 0n);
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function nothing(sentence: string): RewardDecision {
  return { grants: [], nothing: sentence };
}
