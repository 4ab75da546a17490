import type { OrderView } from '../../detection/index.js';
import { minorToWire } from '../../shared/money.js';
import type { RuleBook } from '../../shared/rule-book.js';
import { lineBases } from './line-bases.js';
import { remainingAfter, reversedInTotal } from './refund-calculation.js';
import { calculateRewards } from './reward-calculation.js';
import type { RewardRuleVersion } from './reward-rule.js';
import { isRewardable, selectRules, type OrderContext, type RewardableOrder } from './reward-selection.js';
import { RewardTally } from './reward-tally.js';

/** What a set of rules would have cost in one asset, and what was granted; both less what has been taken back. */
export interface SimulatedCost {
  asset: string;
  wouldCost: number;
  granted: number;
}

export interface SimulationResult {
  orders: number;
  perAsset: SimulatedCost[];
  /** Of each asset the merchants whom the rules would have cost most. */
  perMerchant: (SimulatedCost & { merchant: string })[];
  /** Merchants and assets that are not among `perMerchant`. */
  leftOut: number;
}

interface Cost {
  wouldCost: bigint;
  granted: bigint;
}

/** Merchants shown of each asset, at most. */
const SHOWN = 100;

/**
 * Past orders, rewarded again by other rules, one after the other. It keeps sums, not orders: by merchant and asset, and
 * what the rules count. Budgets and volumes begin at zero with the first order.
 */
export class RewardSimulation {
  private orders = 0;
  private readonly tally = new RewardTally();
  private readonly costs = new Map<string, Map<string, Cost>>();

  constructor(private readonly rules: RuleBook<RewardRuleVersion>) {}

  /** Adds what an order would have earned, less what its refunds would have taken back. */
  addOrder({ order, events }: OrderView, context: OrderContext): void {
    this.orders += 1;
    if (!isRewardable(order)) return;
    const selection = selectRules(order, this.rules, context);
    if ('nothing' in selection) return;
    const { grants, volumes } = calculateRewards(order, selection, this.tally);
    this.tally.count(
      volumes,
      grants.flatMap((grant) => grant.uses),
    );
    const remaining = remainingOf(order, events);
    for (const { asset, amount, lines } of grants) {
      const cost = amount - (remaining === null ? 0n : reversedInTotal({ granted: amount, lines }, remaining));
      this.costOf(asset, order.attribution.merchantId).wouldCost += cost;
    }
  }

  /** Adds what was granted for orders, less what was taken back. */
  addGranted({ merchantId, asset, amount }: { merchantId: string; asset: string; amount: bigint }): void {
    this.costOf(asset, merchantId).granted += amount;
  }

  get result(): SimulationResult {
    const assets = [...this.costs.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    const shown = assets.map(([asset, merchants]) => ({ asset, top: top(merchants), of: merchants.size }));
    return {
      orders: this.orders,
      perAsset: assets.map(([asset, merchants]) => ({ asset, ...wire(total(merchants.values())) })),
      perMerchant: shown.flatMap(({ asset, top: rows }) =>
        rows.map(([merchant, cost]) => ({ merchant, asset, ...wire(cost) })),
      ),
      leftOut: shown.reduce((count, { top: rows, of }) => count + of - rows.length, 0),
    };
  }

  private costOf(asset: string, merchantId: string): Cost {
    const merchants = this.costs.get(asset) ?? new Map<string, Cost>();
    this.costs.set(asset, merchants);
    const cost = merchants.get(merchantId) ?? { wouldCost: 0n, granted: 0n };
    merchants.set(merchantId, cost);
    return cost;
  }
}

/** What is left of an order after all refunds that are known of; null when there is none. */
function remainingOf(order: RewardableOrder, events: OrderView['events']) {
  const refunds = events.filter((event) => event.type === 'order.refunded');
  if (refunds.length === 0) return null;
  const skus = order.lines.map((line) => line.sku);
  return remainingAfter({ skus, bases: lineBases(order), amountPaid: order.amountPaid }, refunds);
}

function top(merchants: ReadonlyMap<string, Cost>): [string, Cost][] {
  return [...merchants.entries()]
    .sort(([a, one], [b, two]) =>
      one.wouldCost === two.wouldCost ? (a < b ? -1 : 1) : one.wouldCost > two.wouldCost ? -1 : 1,
    )
    .slice(0, SHOWN);
}

function total(costs: Iterable<Cost>): Cost {
  const sum = { wouldCost: 0n, granted: 0n };
  for (const { wouldCost, granted } of costs) {
    sum.wouldCost += wouldCost;
    sum.granted += granted;
  }
  return sum;
}

function wire({ wouldCost, granted }: Cost) {
  return { wouldCost: minorToWire(wouldCost), granted: minorToWire(granted) };
}
