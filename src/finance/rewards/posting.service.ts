import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../../config.js';
import { isDatabaseAway, isLockConflict, UnitOfWork } from '../../database/index.js';
import { OrderEventLog } from '../../detection/index.js';
import { Logger } from '../../logger.js';
import { Clock } from '../../shared/clock.js';
import type { RuleBook } from '../../shared/rule-book.js';
import { Ledger } from '../ledger/ledger.js';
import { planOrder, postOrder } from './order-posting.js';
import { PostingMetrics } from './posting-metrics.js';
import { RewardRuleDirectory } from './reward-rule-directory.js';
import type { RewardRuleVersion } from './reward-rule.js';
import { RewardRepository } from './reward.repository.js';
import type { Reward } from './reward.js';

/** Turns order events into money. */
@Injectable()
export class PostingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: OrderEventLog,
    private readonly rules: RewardRuleDirectory,
    private readonly rewards: RewardRepository,
    private readonly ledger: Ledger,
    private readonly metrics: PostingMetrics,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Config,
  ) {}

  /**
   * Posts those of the events that wait, each exactly once however often and wherever this is called; returns how many
   * were settled. A batch is one transaction. An event that cannot be posted is parked with its error and holds up no
   * other. Rejects only for what passes by itself, such as an absent database: the sweep finds the events again.
   */
  async postOrderEvents(eventIds: readonly string[]): Promise<number> {
    let settled = 0;
    for (let from = 0; from < eventIds.length; from += this.config.postBatchSize) {
      const batch = eventIds.slice(from, from + this.config.postBatchSize);
      settled += await this.postOrBisect(batch, await this.rules.asOfNow());
    }
    this.metrics.posted.inc(settled);
    return settled;
  }

  private async postOrBisect(eventIds: readonly string[], rules: RuleBook<RewardRuleVersion>): Promise<number> {
    try {
      return await this.unitOfWork.run((tx) => this.postBatch(tx, eventIds, rules));
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

  /** Locks in the order that everybody keeps: events, orders, rewards, accounts. */
  private async postBatch(
    tx: EntityManager,
    eventIds: readonly string[],
    rules: RuleBook<RewardRuleVersion>,
  ): Promise<number> {
    const claimed = await this.events.claim(tx, eventIds);
    if (claimed.length === 0) return 0;
    const known = claimed.filter(({ completionSettled }) => completionSettled).map(({ order }) => order.id);
    const existing = new Map<string, Reward[]>(known.map((id) => [id, []]));
    for (const reward of await this.rewards.lockOfOrders(tx, known)) existing.get(reward.orderPk)?.push(reward);

    const context = { rules, rewardOwnPurchases: this.config.rewardOwnPurchases, now: this.clock.now() };
    const planned = claimed.map((order) => planOrder(order, existing.get(order.order.id) ?? [], context));
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
    await this.events.settle(tx, settlements);
    return settlements.length;
  }

  private async park(eventId: string, error: unknown): Promise<void> {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    await this.unitOfWork.run((tx) => this.events.park(tx, eventId, message.slice(0, 500)));
    this.metrics.parked.inc();
    this.logger.error('ALERT order event parked: it cannot be posted', { eventId, err: error });
  }
}
