import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { StorefrontDirectory } from '../../database/index.js';
import { Config } from '../../core/config.js';
import { isDatabaseAway, isLockConflict } from '../../core/driver-error.js';
import { spanIdOf, Tracing } from '../../core/tracing.js';
import { currentContext } from '../../core/work-context.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { OrderEventLog, type ClaimedOrder, type EventSettlement } from '../../detection/orders/index.js';
import { Logger } from '../../core/logger.js';
import { Clock } from '../../core/clock.js';
import type { RuleBook } from '../../shared/rule-book.js';
import { Ledger } from '../ledger/index.js';
import { planOrder, postOrder, selectForOrder, type PlannedOrder } from './order-posting.js';
import { PostingMetrics } from './posting-metrics.js';
import { RewardRuleDirectory } from './reward-rule-directory.js';
import type { RewardRuleVersion } from './reward-rule.js';
import { NO_KEYS } from './reward-selection.js';
import type { RewardCounters } from './reward-counters.js';
import { RewardTallyRepository, type ShopperOrder } from './reward-tally.repository.js';
import { RewardRepository } from './reward.repository.js';
import type { Reward } from './reward.js';
import type { OrderEventId, OrderPk } from '../../shared/ids.js';

/** An event that was settled, and the request that told of it. */
type Settled = EventSettlement & { requestId: string | null };

/** Turns order events into money. */
@Injectable()
export class PostingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: OrderEventLog,
    private readonly rules: RewardRuleDirectory,
    private readonly rewards: RewardRepository,
    private readonly counters: RewardTallyRepository,
    private readonly storefronts: StorefrontDirectory,
    private readonly ledger: Ledger,
    private readonly metrics: PostingMetrics,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly tracing: Tracing,
    @Inject(Config) private readonly config: Config,
  ) {}

  /**
   * Posts those of the events that wait, each exactly once however often and wherever this is called; returns how many
   * were settled. A batch is one transaction. An event that cannot be posted is parked with its error and holds up no
   * other. Rejects only for what is worth another try, such as an absent database: the sweep finds the events again.
   */
  async postOrderEvents(eventIds: readonly OrderEventId[]): Promise<number> {
    let settled = 0;
    for (let from = 0; from < eventIds.length; from += this.config.postBatchSize) {
      const batch = eventIds.slice(from, from + this.config.postBatchSize);
      settled += await this.postOrBisect(batch, await this.rules.asOfNow());
    }
    this.metrics.posted.inc(settled);
    return settled;
  }

  private async postOrBisect(eventIds: readonly OrderEventId[], rules: RuleBook<RewardRuleVersion>): Promise<number> {
    try {
      const began = performance.now();
      const settled = await this.unitOfWork.run((tx) => this.postBatch(tx, eventIds, rules));
      const tookMs = performance.now() - began;
      if (settled.length > 0) {
        this.metrics.batchSize.observe(settled.length);
        this.metrics.batchDuration.observe(tookMs / 1000);
      }
      if (this.tracing.isOn) this.trace(settled, tookMs);
      return settled.length;
    } catch (error) {
      if (isDatabaseAway(error) || isLockConflict(error)) throw error;
      const [eventId] = eventIds;
      if (eventIds.length === 1 && eventId !== undefined) {
        await this.park(eventId, error);
        return 0;
      }
      const middle = eventIds.length >>> 1;
      const first = await this.postOrBisect(eventIds.slice(0, middle), rules);
      return first + (await this.postOrBisect(eventIds.slice(middle), rules));
    }
  }

  /** Locks in the one order: events, orders, rewards, what rules count, accounts. */
  private async postBatch(
    tx: EntityManager,
    eventIds: readonly OrderEventId[],
    rules: RuleBook<RewardRuleVersion>,
  ): Promise<Settled[]> {
    const claimed = await this.events.claim(tx, eventIds);
    if (claimed.length === 0) return [];
    const known = claimed.filter(({ completionSettled }) => completionSettled).map(({ order }) => order.id);
    const existing = new Map<OrderPk, Reward[]>(known.map((id) => [id, []]));
    for (const reward of await this.rewards.lockOfOrders(tx, known)) existing.get(reward.orderPk)?.push(reward);

    const { planned, counters } = await this.plan(tx, claimed, existing, rules);
    const accounts = planned.flatMap(({ rewards }) => rewards.map(({ merchantId, asset }) => ({ merchantId, asset })));
    const settlements = await this.ledger.post(tx, accounts, (book) =>
      planned.flatMap((order) => postOrder(book, order)),
    );

    await this.rewards.insert(
      tx,
      planned.filter(({ fresh }) => fresh).flatMap(({ rewards }) => rewards),
    );
    await this.rewards.update(
      tx,
      planned.filter(({ fresh }) => !fresh).flatMap(({ rewards }) => rewards),
    );
    await this.counters.save(tx, counters, {
      volumes: planned.flatMap(({ counted }) => counted.volumes),
      uses: planned.flatMap(({ counted }) => counted.uses),
      refunds: planned.flatMap(({ counted }) => counted.refunds),
    });
    await this.events.settle(tx, settlements);
    const requests = new Map(claimed.flatMap(({ events }) => events.map(({ id, requestId }) => [id, requestId])));
    return settlements.map((settlement) => ({ ...settlement, requestId: requests.get(settlement.eventId) ?? null }));
  }

  /** The last part of each event's trace; its journal is named. */
  private trace(settled: readonly Settled[], tookMs: number): void {
    const { jobSpans } = currentContext();
    for (const { requestId, eventId, ...outcome } of settled) {
      if (requestId === null) continue;
      this.tracing.record({
        name: 'post order event',
        kind: 'internal',
        requestId,
        // The sweep finds events that no job told of.
        parentSpanId: jobSpans?.get(requestId) ?? spanIdOf(requestId),
        tookMs,
        attributes: {
          'yinke.order_event': eventId,
          'yinke.outcome': outcome.state === 'posted' ? outcome.outcome : outcome.state,
          ...('journalId' in outcome && { 'yinke.journal': outcome.journalId }),
        },
      });
    }
  }

  /** What the orders earn, one after the other; locks what they count. */
  private async plan(
    tx: EntityManager,
    claimed: readonly ClaimedOrder[],
    existing: ReadonlyMap<OrderPk, readonly Reward[]>,
    rules: RuleBook<RewardRuleVersion>,
  ): Promise<{ planned: PlannedOrder[]; counters: RewardCounters }> {
    if (claimed.some(({ order }) => this.storefronts.find(order.storefrontId) === undefined))
      await this.storefronts.refresh();
    const firstOrders = await this.counters.claimFirstOrders(tx, completedShoppers(claimed));
    const selected = claimed.map((order) =>
      selectForOrder(order, rules, {
        rewardOwnPurchases: this.config.rewardOwnPurchases,
        firstOrder: firstOrders.has(order.order.id),
        timeZone: this.storefronts.find(order.order.storefrontId)?.timeZone ?? null,
      }),
    );
    const keys = selected.map(({ selection }) => (selection && 'keys' in selection ? selection.keys : NO_KEYS));
    const known = await this.counters.countedOf(
      tx,
      claimed.filter(({ completionSettled }) => completionSettled).map(({ order }) => order.id),
    );
    const counters = await this.counters.lock(tx, {
      volumes: [...keys.flatMap(({ volumes }) => volumes), ...[...known.values()].flat()],
      budgets: keys.flatMap(({ budgets }) => budgets),
    });
    const now = this.clock.now();
    const planned = selected.map((order) => {
      const { id } = order.claimed.order;
      return planOrder(order, existing.get(id) ?? [], known.get(id) ?? [], counters, now);
    });
    return { planned, counters };
  }

  private async park(eventId: OrderEventId, error: unknown): Promise<void> {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    await this.unitOfWork.run((tx) => this.events.park(tx, eventId, message.slice(0, 500)));
    this.metrics.parked.inc();
    this.logger.alert('event-parked', { eventId, err: error });
  }
}

/** The orders that are being completed, as far as their shopper is known. */
function completedShoppers(claimed: readonly ClaimedOrder[]): ShopperOrder[] {
  return claimed.flatMap(({ order, events }) => {
    const { id, storefrontId, shopperRef } = order;
    const completed = events.some((event) => event.type === 'order.completed');
    return completed && shopperRef !== null ? [{ id, storefrontId, shopperRef }] : [];
  });
}
