/**
 * Which rules win a basket, as the service decides it: the order of rules, the prices and the conditions are the
 * service's own code. test/unit of this file holds it to what a real order is rewarded by.
 */
import { unmet, type RewardConditions } from '../../../../src/finance/rewards/reward-conditions.js';
import type { GrantTerms, RewardRuleVersion } from '../../../../src/finance/rewards/reward-rule.js';
import type { Loss } from '../../../../src/finance/rewards/rule-candidates.js';
import { tieredAmount } from '../../../../src/finance/rewards/volume-tiers.js';
import { appliesIn, type PriceRuleVersion } from '../../../../src/pricing/price-rule.js';
import { priceBasket, type PricedLine } from '../../../../src/pricing/price-calculation.js';
import { fraction, sum, type Fraction } from '../../../../src/shared/fraction.js';
import { BPS, divideHalfAwayFromZero, divideTowardsZero } from '../../../../src/shared/money.js';
import { RuleBook } from '../../../../src/shared/rule-book.js';
import { specificity, type RuleLine, type RuleSubject, type RuleVersion } from '../../../../src/shared/rule.js';

export type { GrantTerms, PriceRuleVersion, RewardConditions, RewardRuleVersion };

/** A basket of one shopper, whom a merchant brought. */
export interface Basket {
  subject: RuleSubject;
  currency: string;
  lines: readonly (RuleLine & { quantity: number; unitPrice: bigint })[];
  /** Whether it would be the shopper's first completed order. */
  firstOrder: boolean;
  /** What was paid in the month before, for tiers. */
  volumeBefore: bigint;
}

/** A rule that covers a line and does not win it, and why. */
export interface Loser<Version extends RuleVersion> {
  rule: Version;
  loss: Loss | 'other-currency';
}

/** A line with its price, and the rules that covered it too. */
export interface PricedLineAndLosers extends PricedLine {
  losers: Loser<PriceRuleVersion>[];
}

/** What each line costs, by which rule, and why not by another one. */
export function winningPrices(versions: readonly PriceRuleVersion[], basket: Basket, at: Date) {
  const rules = new RuleBook(versions).at(at).for(basket.subject);
  const priced = priceBasket(basket.lines, basket.currency, rules);
  const lines = priced.lines.map((line): PricedLineAndLosers => {
    const others = [...rules.covering(line)].filter((rule) => rule !== line.rule);
    const losers = others.map((rule): Loser<PriceRuleVersion> => ({
      rule,
      loss: line.rule && appliesIn(rule, basket.currency) ? lossTo(line.rule, rule) : 'other-currency',
    }));
    return { ...line, losers };
  });
  return { ...priced, lines };
}

/** A grant of a rule that a line earns by. */
interface Win {
  rule: RewardRuleVersion;
  terms: GrantTerms;
}

/** Of one line and one asset: what wins it, what adds to it, and what loses. */
export interface LineAsset {
  asset: string;
  winner: Win | null;
  bonuses: Win[];
  losers: Loser<RewardRuleVersion>[];
}

/** What a basket earns of an asset, before budgets. */
export interface Earned {
  asset: string;
  amount: bigint;
}

/** Which reward rules win each line, and what the basket earns if all of it is paid. */
export function winningRewards(versions: readonly RewardRuleVersion[], basket: Basket, at: Date) {
  const covering = new RuleBook(versions).at(at).for(basket.subject);
  const totals = basket.lines.map(({ quantity, unitPrice }) => unitPrice * BigInt(quantity));
  const merchandise = totals.reduce((a, b) => a + b, 0n);
  const groups = new Map<string, Win & { commissionable: bigint }>();
  const lines = basket.lines.map((line, index) => {
    const commissionable = totals[index] ?? 0n;
    const assets = commissionable === 0n ? [] : assetsOf(covering.covering(line), line, merchandise, basket);
    for (const { winner, bonuses } of assets)
      for (const win of winner ? [winner, ...bonuses] : bonuses) addTo(groups, win, commissionable);
    return { line, commissionable, assets };
  });
  return { merchandise, lines, earned: earnedBy([...groups.values()], basket.volumeBefore) };
}

function assetsOf(
  covering: Iterable<RewardRuleVersion>,
  line: RuleLine,
  merchandise: bigint,
  { currency, firstOrder }: Basket,
): LineAsset[] {
  const assets = new Map<string, LineAsset>();
  for (const rule of covering) {
    const loss = unmet(rule.conditions, { line, merchandise, firstOrder });
    for (const terms of rule.grants) {
      const found: LineAsset = assets.get(terms.asset) ?? { asset: terms.asset, winner: null, bonuses: [], losers: [] };
      assets.set(terms.asset, found);
      if (isMoney(terms.asset) && terms.asset !== currency) found.losers.push({ rule, loss: 'other-currency' });
      else if (loss !== null) found.losers.push({ rule, loss });
      else if (rule.conditions.bonus === true) found.bonuses.push({ rule, terms });
      else if (found.winner) found.losers.push({ rule, loss: lossTo(found.winner.rule, rule) });
      else found.winner = { rule, terms };
    }
  }
  return [...assets.values()].sort((a, b) => (a.asset < b.asset ? -1 : 1));
}

function addTo(groups: Map<string, Win & { commissionable: bigint }>, win: Win, commissionable: bigint): void {
  const key = `${win.terms.asset} ${win.rule.ruleId}`;
  const group = groups.get(key);
  if (group) group.commissionable += commissionable;
  else groups.set(key, { ...win, commissionable });
}

/** Of each asset the exact amounts, capped, and their sum rounded once. */
function earnedBy(groups: readonly (Win & { commissionable: bigint })[], volumeBefore: bigint): Earned[] {
  const assets = [...new Set(groups.map(({ terms }) => terms.asset))].sort();
  return assets.map((asset) => {
    const exact = sum(
      groups
        .filter(({ terms }) => terms.asset === asset)
        .map(({ terms, commissionable }) => capped(exactAmount(terms, commissionable, volumeBefore), terms.cap)),
    );
    return { asset, amount: divideHalfAwayFromZero(exact.numerator, exact.denominator) };
  });
}

function exactAmount(terms: GrantTerms, commissionable: bigint, volumeBefore: bigint): Fraction {
  switch (terms.kind) {
    case 'percent':
      return fraction(commissionable * BigInt(terms.rateBps), BPS);
    case 'fixed':
      return fraction(terms.amount);
    case 'per-amount':
      return fraction(terms.units * divideTowardsZero(commissionable, terms.per));
    case 'tiered':
      return tieredAmount(terms, volumeBefore, volumeBefore + commissionable);
  }
}

function capped(amount: Fraction, cap: bigint | null): Fraction {
  return cap !== null && amount.numerator > cap * amount.denominator ? fraction(cap) : amount;
}

/** Where the order of rules told the two apart. */
function lossTo(winner: RuleVersion, loser: RuleVersion): Loss {
  if (specificity(loser.scope) > specificity(winner.scope)) return 'less-specific';
  return loser.validFrom < winner.validFrom ? 'valid-earlier' : 'made-earlier';
}

function isMoney(asset: string): boolean {
  return /^[A-Z]{3}$/.test(asset);
}
