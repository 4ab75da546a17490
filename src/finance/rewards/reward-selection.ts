import type { Attribution } from '../../detection/visits/index.js';
import type { OrderSnapshot } from '../../detection/orders/index.js';
import { identityKey } from '../../shared/identity-key.js';
import { assetKind } from '../../shared/asset.js';
import type { RuleBook } from '../../shared/rule-book.js';

import { calendarMonth } from '../../shared/calendar.js';
import { commissionableAmounts } from './commissionable-amounts.js';
import { NO_REWARD } from './no-reward.js';
import { unmet } from './reward-conditions.js';
import type { GrantTerms, RewardRuleVersion } from './reward-rule.js';
import type { BudgetKey, CounterKeys, VolumeKey } from './reward-counters.js';
import { Candidates, type Loss } from './rule-candidates.js';

/** An order whose purchase is complete and that a merchant brought. */
export type RewardableOrder = OrderSnapshot & {
  attribution: Attribution;
  amountPaid: bigint;
  completedAt: Date;
  merchantAtCompletion: NonNullable<OrderSnapshot['merchantAtCompletion']>;
};

export function isRewardable(order: OrderSnapshot): order is RewardableOrder {
  return (
    order.attribution !== null &&
    order.merchantAtCompletion !== null &&
    order.amountPaid !== null &&
    order.completedAt !== null
  );
}

/** What must be known of an order that does not stand in it. */
export interface OrderContext {
  rewardOwnPurchases: boolean;
  /** Whether it is the first completed order of its shopper at the storefront. */
  firstOrder: boolean;
  /** The storefront's; null when the storefront is not known, which matters only to budgets of months and to tiers. */
  timeZone: string | null;
}

/** One grant of a rule version, with the lines that it won. */
export interface RuleGroup {
  rule: RewardRuleVersion;
  terms: GrantTerms;
  lines: { line: number; commissionable: bigint }[];
  /** Rules that covered these lines too. */
  candidates: Candidates;
}

/** The grants that an order earns something by, before any amount is known, and what they count. */
export interface Selection {
  merchandise: bigint;
  groups: readonly RuleGroup[];
  /** By the storefront's calendar; null when no grant counts anything. */
  month: string | null;
  keys: CounterKeys;
}

/** Which rules reward a complete purchase, by the versions in force when it was completed; or why none does. */
export function selectRules(
  order: RewardableOrder,
  rules: RuleBook<RewardRuleVersion>,
  context: OrderContext,
): Selection | { noReward: string } {
  const merchant = order.merchantAtCompletion;
  if (merchant.state === 'closed') return { noReward: NO_REWARD.closed.en };
  if (!context.rewardOwnPurchases && isOwnPurchase(order)) return { noReward: NO_REWARD.ownPurchase.en };
  const amounts = commissionableAmounts(order);
  const merchandise = amounts.reduce((a, b) => a + b, 0n);
  if (merchandise === 0n)
    return {
      noReward: order.amountPaid < order.shipping + order.tax ? NO_REWARD.lessThanExtras.en : NO_REWARD.nothingPaid.en,
    };

  const groups = winners(order, rules, { amounts, merchandise, firstOrder: context.firstOrder });
  if (groups.length === 0) return { noReward: NO_REWARD.noRule.en };
  const month = groups.some(({ terms }) => countsAnything(terms)) ? monthOf(order, context.timeZone) : null;
  return { merchandise, groups, month, keys: month === null ? NO_KEYS : keysOf(order, groups, month) };
}

/** The volume that a tiered grant counts; null for other grants. */
export function volumeKey(order: RewardableOrder, { rule, terms }: RuleGroup, month: string): VolumeKey | null {
  if (terms.kind !== 'tiered') return null;
  return { merchantId: order.attribution.merchantId, ruleId: rule.ruleId, month, currency: terms.asset };
}

/** The budgets of a grant, the narrower first. */
export function budgetKeys(
  order: RewardableOrder,
  { rule, terms }: RuleGroup,
  month: string,
): { key: BudgetKey; budget: bigint }[] {
  const { asset, merchantMonthBudget, ruleBudget } = terms;
  const { merchantId } = order.attribution;
  const { ruleId } = rule;
  return [
    ...(merchantMonthBudget === null
      ? []
      : [{ key: { ruleId, asset, merchantId, month }, budget: merchantMonthBudget }]),
    ...(ruleBudget === null
      ? []
      : [{ key: { ruleId, asset, merchantId: '' as const, month: '' }, budget: ruleBudget }]),
  ];
}

/** Of rules that count nothing. */
export const NO_KEYS: CounterKeys = { volumes: [], budgets: [] };

function countsAnything(terms: GrantTerms): boolean {
  return terms.kind === 'tiered' || terms.merchantMonthBudget !== null || terms.ruleBudget !== null;
}

function monthOf(order: RewardableOrder, timeZone: string | null): string {
  if (timeZone === null) throw new Error(`the storefront of ${order.id} is not known, so neither is its calendar`);
  return calendarMonth(order.completedAt, timeZone);
}

function keysOf(order: RewardableOrder, groups: readonly RuleGroup[], month: string): CounterKeys {
  return {
    volumes: groups.map((group) => volumeKey(order, group, month)).filter((key) => key !== null),
    budgets: groups.flatMap((group) => budgetKeys(order, group, month).map(({ key }) => key)),
  };
}

/**
 * The rule that wins each line and asset, and every bonus rule that covers it, each with its lines; in an order that the
 * lines do not decide.
 */
function winners(
  order: RewardableOrder,
  rules: RuleBook<RewardRuleVersion>,
  { amounts, merchandise, firstOrder }: { amounts: readonly bigint[]; merchandise: bigint; firstOrder: boolean },
): RuleGroup[] {
  const subject = {
    storefrontId: order.storefrontId,
    merchantId: order.attribution.merchantId,
    group: order.merchantAtCompletion.group,
  };
  const covering = rules.at(order.completedAt).for(subject);
  const groups = new Map<string, RuleGroup>();
  order.lines.forEach((line, index) => {
    const commissionable = amounts[index] ?? 0n;
    if (commissionable === 0n) return;
    const won = new Map<string, RuleGroup>();
    const ineligible: { asset: string; rule: RewardRuleVersion; loss: Loss }[] = [];
    for (const rule of covering.covering(line)) {
      const loss = unmet(rule.conditions, { line, merchandise, firstOrder });
      const { bonus = false } = rule.conditions;
      for (const terms of rule.grants) {
        const { asset } = terms;
        if (assetKind(asset).money && asset !== order.currency) continue;
        const winner = bonus ? undefined : won.get(asset);
        if (loss !== null) {
          if (!bonus) ineligible.push({ asset, rule, loss });
        } else if (winner) winner.candidates.lostTo(winner.rule, rule);
        else {
          const key = `${asset} ${rule.ruleId} ${rule.version.toString()}`;
          const group = groups.get(key) ?? { rule, terms, lines: [], candidates: new Candidates() };
          group.lines.push({ line: index, commissionable });
          groups.set(key, group);
          if (!bonus) won.set(asset, group);
        }
      }
    }
    for (const { asset, rule, loss } of ineligible) won.get(asset)?.candidates.add(rule, loss);
  });
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** The shopper's reference, as the order or a visit gave it, is the merchant's own: their WeChat ID or their id. */
function isOwnPurchase({ shopperRef, attribution, merchantAtCompletion }: RewardableOrder): boolean {
  if (attribution.ownPurchase === true) return true;
  if (shopperRef === null) return false;
  const shopper = identityKey(shopperRef);
  return [merchantAtCompletion.wechatId, attribution.merchantId].some((name) => identityKey(name) === shopper);
}
