import type { OrderView } from '../../detection/orders/index.js';
import { minorToWire } from '../../shared/money.js';
import type { RuleBook } from '../../shared/rule-book.js';
import { refundedOrder, volumeRefunded } from './order-posting.js';
import { remainingAfter, reversedInTotal } from './refund-calculation.js';
import { calculateRewards } from './reward-calculation.js';
import type { RewardRuleVersion } from './reward-rule.js';
import { isRewardable, selectRules, type OrderContext, type RewardableOrder } from './reward-selection.js';
import { RewardCounters, volumeName, type VolumeKey, type VolumePart } from './reward-counters.js';
import type { MerchantId } from '../../shared/ids.js';
import type { Amount } from '../../shared/amount.js';

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
  private readonly counters = new RewardCounters();
  private readonly costs = new Map<string, Map<MerchantId, Cost>>();
  /** By volume, what refunds are still to take out of it. */
  private readonly refunds = new Map<string, { at: Date; amount: bigint }[]>();

  constructor(private readonly rules: RuleBook<RewardRuleVersion>) {}

  /** Adds what an order would have earned, less what its refunds would have taken back. */
  addOrder({ order, events }: OrderView, context: OrderContext): void {
    this.orders += 1;
    if (!isRewardable(order)) return;
    const selection = selectRules(order, this.rules, context);
    if ('noReward' in selection) return;
    for (const key of selection.keys.volumes) this.takeBack(key, order.completedAt);
    const { grants, volumes } = calculateRewards(order, selection, this.counters);
    this.counters.count(
      volumes,
      grants.flatMap((grant) => grant.uses),
    );
    this.planRefunds(order, events, volumes);
    const remaining = remainingOf(order, events);
    for (const { asset, amount, lines } of grants) {
      const cost = amount - (remaining === null ? 0n : reversedInTotal({ granted: amount, lines }, remaining));
      this.costOf(asset, order.attribution.merchantId).wouldCost += cost;
    }
  }

  /** Remembers what refunds take out of volumes, each at its moment and none before the completion. */
  private planRefunds(order: RewardableOrder, events: OrderView['events'], volumes: readonly VolumePart[]): void {
    if (volumes.length === 0) return;
    const refunds = refundsOf(events).sort((a, b) => a.refundedAt.getTime() - b.refundedAt.getTime());
    const before = new Map<VolumePart, bigint>();
    for (const [index, { refundedAt }] of refunds.entries()) {
      const refunded = volumeRefunded(order, remainingAfter(refundedOrder(order), refunds.slice(0, index + 1)));
      for (const part of volumes) {
        const total = refunded({ ...part, refunded: 0n });
        const planned = this.refunds.get(volumeName(part)) ?? [];
        planned.push({ at: refundedAt, amount: total - (before.get(part) ?? 0n) });
        this.refunds.set(volumeName(part), planned);
        before.set(part, total);
      }
    }
  }

  /** Takes out of a volume what was refunded by a moment. */
  private takeBack(key: VolumeKey, by: Date): void {
    const planned = this.refunds.get(volumeName(key)) ?? [];
    const due = planned.filter(({ at }) => at <= by);
    if (due.length === 0) return;
    this.counters.setVolume(
      key,
      due.reduce((volume, { amount }) => volume - amount, this.counters.volumeOf(key)),
    );
    this.refunds.set(
      volumeName(key),
      planned.filter(({ at }) => at > by),
    );
  }

  /** Adds what was granted for orders, less what was taken back. */
  addGranted({ merchantId, asset, amount }: Amount & { merchantId: MerchantId }): void {
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

  private costOf(asset: string, merchantId: MerchantId): Cost {
    const merchants = this.costs.get(asset) ?? new Map<MerchantId, Cost>();
    this.costs.set(asset, merchants);
    const cost = merchants.get(merchantId) ?? { wouldCost: 0n, granted: 0n };
    merchants.set(merchantId, cost);
    return cost;
  }
}

/** What is left of an order after all refunds that are known of; null when there is none. */
function remainingOf(order: RewardableOrder, events: OrderView['events']) {
  const refunds = refundsOf(events);
  return refunds.length === 0 ? null : remainingAfter(refundedOrder(order), refunds);
}

function refundsOf(events: OrderView['events']) {
  return events.filter((event) => event.type === 'order.refunded');
}

function top(merchants: ReadonlyMap<MerchantId, Cost>): [MerchantId, Cost][] {
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
