import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { MerchantDirectory, StorefrontDirectory } from '../../database/index.js';
import { OrderReader, type OrderView } from '../../detection/orders/index.js';
import { assetKind } from '../../shared/asset.js';
import { minorToWire } from '../../shared/money.js';
import { pageOf, type Page } from '../../shared/page.js';
import { openPeriod, type PageQuery, pageRequest } from '../../shared/page.dto.js';
import { entryWords, type EntryDto, entryView, StatementRepository, type StatementEntry } from '../ledger/index.js';
import { PayoutTrailRepository } from '../payouts/index.js';
import { occasionWords, payoutWords } from './change-words.js';
import type { Names } from './names.js';
import type { MerchantRewardDto } from './order-list.dto.js';
import type { PayoutRewardDto } from './payout-reward.dto.js';
import type { RewardDetailDto, RewardPayoutDto, RewardQuery, RewardDto } from './reward.dto.js';
import { RewardRepository } from './reward.repository.js';
import { explanationView, wholeExplanation } from './reward-explanation.js';
import { rewardWords } from './reward-words.js';
import type { Reward } from './reward.js';
import type { OrderPk, PayoutId, RewardId } from '../../shared/ids.js';

/** More than an order can have: one for each rule and asset. */
const ALL_OF_AN_ORDER = 10_000;

/** Rewards as people see them. */
@Injectable()
export class RewardReadingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rewards: RewardRepository,
    private readonly statements: StatementRepository,
    private readonly payouts: PayoutTrailRepository,
    private readonly orders: OrderReader,
    private readonly merchants: MerchantDirectory,
    private readonly storefronts: StorefrontDirectory,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** A reward, why it is so much, and what has happened to it. Throws `reward.not-found`. */
  async readReward(id: RewardId): Promise<RewardDetailDto> {
    const [view] = await this.detailed([await this.rewards.get(this.unitOfWork.reader, id)]);
    if (!view) throw new Error(`the order of ${id} is missing`);
    return view;
  }

  /** Rewards, the oldest first unless asked for otherwise. */
  async listRewards(query: RewardQuery): Promise<Page<RewardDto>> {
    const page = pageRequest(query);
    const orderPks =
      query.order === undefined
        ? undefined
        : (await this.orders.findByOrderId(query.order)).map(({ order }) => order.id);
    if (orderPks?.length === 0) return { items: [], nextCursor: null };
    const { merchant: merchantId, storefront: storefrontId, state, asset } = query;
    const newestFirst = query.direction === 'desc';
    const filter = { merchantId, orderPks, storefrontId, state, asset, newestFirst, ...openPeriod(query) };
    const rewards = await this.rewards.list(this.unitOfWork.reader, filter, page);
    const orders = await this.orders.findMany([...new Set(rewards.map((reward) => reward.orderPk))]);
    return pageOf(
      rewards,
      page.limit,
      ({ key }) => key,
      (reward) => rewardView(reward, orders, this.namesOf(reward)),
    );
  }

  /** All rewards of an order with what has happened to them. */
  async readRewardsOf(order: OrderView): Promise<RewardDetailDto[]> {
    const page = { limit: ALL_OF_AN_ORDER, after: null };
    return this.detailed(await this.rewards.list(this.unitOfWork.reader, { orderPks: [order.order.id] }, page));
  }

  /** The rewards that a payout was the first to pay from. Throws `payout.not-found`. */
  async listPayoutRewards(payoutId: PayoutId, query: PageQuery): Promise<Page<PayoutRewardDto>> {
    const { limit, after } = pageRequest(query);
    const reader = this.unitOfWork.reader;
    const afterSeq = after !== null && /^\d{1,18}$/.test(after) ? BigInt(after) : 0n;
    const credits = await this.payouts.findCreditsBefore(reader, payoutId, afterSeq, limit + 1);
    const rewards = await this.rewards.findSummariesById(
      reader,
      credits.map(({ rewardId }) => rewardId),
    );
    const orders = await this.orders.findMany([...new Set([...rewards.values()].map(({ orderPk }) => orderPk))]);
    return pageOf(
      credits,
      limit,
      ({ seq }) => seq.toString(),
      ({ rewardId, amount, journalId, postedAt }) => {
        const reward = rewards.get(rewardId);
        if (!reward) throw new Error(`${rewardId} is missing`);
        const { id, asset, state, storefrontId: storefront, orderPk } = reward;
        const orderId = orders.get(orderPk)?.order.orderId ?? '';
        const when = { journal: journalId, availableAt: postedAt.toISOString() };
        return { id, storefront, orderId, asset, state, amount: minorToWire(amount), ...when };
      },
    );
  }

  /** The rewards of orders as their merchant sees them, by order (ord_…). */
  async readMerchantRewards(orders: ReadonlyMap<OrderPk, OrderView>): Promise<Map<OrderPk, MerchantRewardDto[]>> {
    const found = new Map<OrderPk, MerchantRewardDto[]>([...orders.keys()].map((id) => [id, []]));
    if (orders.size === 0) return found;
    const reader = this.unitOfWork.reader;
    const page = { limit: ALL_OF_AN_ORDER * orders.size, after: null };
    const rewards = await this.rewards.list(reader, { orderPks: [...orders.keys()] }, page);
    const changes = await this.statements.findRewardEntries(
      reader,
      rewards.map(({ id }) => id),
    );
    for (const reward of rewards) {
      const { merchant, orderId, storefront, explanation, ...view } = rewardView(reward, orders, this.namesOf(reward));
      const { lines, ...why } = explanation;
      found.get(reward.orderPk)?.push({
        ...view,
        explanation: why,
        changes: changeViews(changes.get(reward.id) ?? [], orders.get(reward.orderPk)),
      });
    }
    return found;
  }

  private async detailed(rewards: readonly Reward[]): Promise<RewardDetailDto[]> {
    const orders = await this.orders.findMany([...new Set(rewards.map((reward) => reward.orderPk))]);
    const changes = await this.statements.findRewardEntries(
      this.unitOfWork.reader,
      rewards.map((reward) => reward.id),
    );
    const views: RewardDetailDto[] = [];
    for (const reward of rewards) {
      const order = orders.get(reward.orderPk);
      const entries = changes.get(reward.id) ?? [];
      views.push(
        Object.assign(rewardView(reward, orders, this.namesOf(reward)), {
          changes: changeViews(entries, order),
          payout: await this.payoutOf(reward, entries),
        }),
      );
    }
    return views;
  }

  private async payoutOf(reward: Reward, entries: readonly StatementEntry[]): Promise<RewardPayoutDto | null> {
    const credit = entries.find(({ account, amount }) => account === 'available' && amount > 0n);
    if (!credit || !assetKind(reward.asset).money) return null;
    const { merchantId, asset } = reward;
    const payout = await this.payouts.findPayoutAfter(this.unitOfWork.reader, {
      merchantId,
      asset,
      seq: credit.seq,
    });
    if (!payout) return null;
    const words = payoutWords(payout, this.namesOf(reward).timeZone);
    return { ...payout, approvedAt: payout.approvedAt.toISOString(), words };
  }

  /** From memory; what is too new to be there is named by its id, and dated in the accountant's time zone. */
  private namesOf({ merchantId, storefrontId }: Reward): Names {
    return {
      merchant: this.merchants.byId(merchantId)?.displayName ?? merchantId,
      timeZone: this.storefronts.find(storefrontId)?.timeZone ?? this.config.accountingTimeZone,
    };
  }
}

/** What happened to a reward, in the words of its order. */
function changeViews(entries: readonly StatementEntry[], order: OrderView | undefined): EntryDto[] {
  return entries.map((entry) => entryView(entry, entryWords(entry, order && occasionWords(entry, order))));
}

function rewardView(reward: Reward, orders: ReadonlyMap<OrderPk, OrderView>, names: Names): RewardDto {
  const order = orders.get(reward.orderPk)?.order;
  if (!order?.attribution) throw new Error(`${reward.id} is of no merchant's order`);
  const { attribution, placedAt } = order;
  const explanation = wholeExplanation({ attribution, placedAt }, reward.explanation);
  return {
    id: reward.id,
    merchant: reward.merchantId,
    orderId: order.orderId,
    storefront: reward.storefrontId,
    asset: reward.asset,
    state: reward.state,
    posting: reward.posting,
    granted: minorToWire(reward.granted),
    pending: minorToWire(reward.pending),
    held: minorToWire(reward.held),
    matured: minorToWire(reward.matured),
    voided: minorToWire(reward.voided),
    clawedBack: minorToWire(reward.clawedBack),
    matureAt: reward.matureAt?.toISOString() ?? null,
    createdAt: reward.createdAt.toISOString(),
    rule: reward.ruleId,
    ruleVersion: reward.ruleVersion,
    words: rewardWords(explanation, reward.matureAt, names),
    explanation: explanationView(explanation),
  };
}
