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
import { PostingShardRepository } from './posting-shard.repository.js';
import { PostingTurns, shardOf, type Turn } from './posting-turns.js';
import { PostingMetrics } from './posting-metrics.js';
import { RewardRuleDirectory } from './reward-rule-directory.js';
import type { RewardRuleVersion } from './reward-rule.js';
import { NO_KEYS } from './reward-selection.js';
import type { RewardCounters } from './reward-counters.js';
import { RewardTallyRepository, type ShopperOrder } from './reward-tally.repository.js';
import { RewardRepository } from './reward.repository.js';
import type { Reward } from './reward.js';
import type { OrderEventId, OrderPk } from '../../shared/ids.js';

/** An event that was settled, the request that told of it, and how long its batch took. */
interface Settled {
  settlement: EventSettlement;
  requestId: string | null;
  tookMs: number;
}

/** Turns order events into money. */
@Injectable()
export class PostingService {
  private readonly turns: PostingTurns<Settled>;

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
    private readonly shards: PostingShardRepository,
    @Inject(Config) private readonly config: Config,
  ) {
    const limits = { atOnce: config.workerConcurrency, batch: config.postBatchSize };
    this.turns = new PostingTurns(limits, (turn) => this.postTurn(turn));
  }

  /**
   * Posts those of the events that wait, each exactly once however often and wherever this is called; returns how many
   * were settled. A batch is one transaction, of merchants of one shard, of which nobody else posts meanwhile: so batches do not
   * wait for each other's accounts. An event that cannot be posted is parked with its error and holds up no
   * other. Rejects only for what is worth another try, such as an absent database: the sweep finds the events again.
   */
  async postOrderEvents(eventIds: readonly OrderEventId[]): Promise<number> {
    const byShard = new Map<number, OrderEventId[]>();
    for (const { id, merchantId, orderPk } of await this.events.findWaitingOf(eventIds)) {
      const shard = shardOf(merchantId ?? orderPk);
      byShard.set(shard, [...(byShard.get(shard) ?? []), id]);
    }
    const { postBatchSize: size } = this.config;
    const batches = await Promise.all(
      [...byShard].flatMap(([shard, ids]) =>
        Array.from({ length: Math.ceil(ids.length / size) }, (_, i) =>
          this.turns.add(shard, ids.slice(i * size, (i + 1) * size)),
        ),
      ),
    );
    const settled = batches.flat();
    if (this.tracing.isOn) this.trace(settled);
    return settled.length;
  }

  /** Posts what has gathered for one shard, preferably one that no other process is posting for. */
  private async postTurn(turn: Turn): Promise<ReadonlyMap<OrderEventId, Settled>> {
    const rules = await this.rules.asOfNow();
    let chosen = false;
    const lock = async (tx: EntityManager) => {
      // Tried again after a deadlock, or in halves, it is the same shard.
      if (!chosen && (await this.lockFree(tx, turn))) return void (chosen = true);
      chosen = true;
      await this.shards.lock(tx, turn.shard);
    };
    const settled = await this.postOrBisect({ lock, take: () => turn.take() }, rules);
    this.metrics.posted.inc(settled.length);
    return new Map(settled.map((one) => [one.settlement.eventId, one]));
  }

  /** Locks the longest waiting of the shards for which nobody else posts; false when others post for all of them. */
  private async lockFree(tx: EntityManager, turn: Turn): Promise<boolean> {
    const longest = turn.shard;
    for (const shard of turn.choices()) if (turn.moveTo(shard) && (await this.shards.tryLock(tx, shard))) return true;
    turn.moveTo(longest);
    return false;
  }

  private async postOrBisect(
    { lock, take }: { lock: (tx: EntityManager) => Promise<void>; take: () => readonly OrderEventId[] },
    rules: RuleBook<RewardRuleVersion>,
  ): Promise<Settled[]> {
    try {
      let began = 0;
      const posted = await this.unitOfWork.run(async (tx) => {
        await lock(tx);
        if (began === 0) began = performance.now();
        return this.postBatch(tx, take(), rules);
      });
      const tookMs = performance.now() - began;
      if (posted.length > 0) {
        this.metrics.batchSize.observe(posted.length);
        this.metrics.batchDuration.observe(tookMs / 1000);
      }
      return posted.map((one) => ({ ...one, tookMs }));
    } catch (error) {
      if (isDatabaseAway(error) || isLockConflict(error)) throw error;
      const eventIds = [...new Set(take())];
      const [eventId] = eventIds;
      if (eventId === undefined) throw error;
      if (eventIds.length === 1) {
        await this.park(eventId, error);
        return [];
      }
      const middle = eventIds.length >>> 1;
      const first = await this.postOrBisect({ lock, take: () => eventIds.slice(0, middle) }, rules);
      return [...first, ...(await this.postOrBisect({ lock, take: () => eventIds.slice(middle) }, rules))];
    }
  }

  /** Locks in the one order, after the shard: events, orders, rewards, what rules count, accounts. */
  private async postBatch(
    tx: EntityManager,
    eventIds: readonly OrderEventId[],
    rules: RuleBook<RewardRuleVersion>,
  ): Promise<Omit<Settled, 'tookMs'>[]> {
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
    return settlements.map((settlement) => ({ settlement, requestId: requests.get(settlement.eventId) ?? null }));
  }

  /** The last part of each event's trace; its journal is named. */
  private trace(settled: readonly Settled[]): void {
    const { jobSpans } = currentContext();
    for (const { requestId, settlement, tookMs } of settled) {
      if (requestId === null) continue;
      const { eventId, ...outcome } = settlement;
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
