import { Injectable } from '@nestjs/common';
import type { Principal } from '../../access/index.js';
import {
  assertMerchant,
  MerchantDirectory,
  merchantName,
  MerchantRegistry,
  StorefrontDirectory,
} from '../../database/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import {
  type OrderFilter,
  type OrderHead,
  OrderListRepository,
  OrderReader,
  type OrderView,
} from '../../detection/orders/index.js';
import { minAmount, minorToWire } from '../../shared/money.js';
import type { MerchantId, StorefrontId } from '../../shared/ids.js';
import { openPeriod, pageRequest } from '../../shared/page.dto.js';
import { momentKeyOf, momentKeyText, pageOf, type Page } from '../../shared/page.js';
import { noRewardOf } from './no-reward.js';
import type {
  MerchantOrderDto,
  MerchantOrderQuery,
  MerchantRewardDto,
  OrderListQuery,
  OrderSummaryDto,
  RewardSummaryDto,
} from './order-list.dto.js';
import { RewardReadingService } from './reward-reading.service.js';
import { RewardRepository, type RewardSummary } from './reward.repository.js';

/** Orders in lists: for staff and the storefront in short, for the merchant who brought them with what they earned and why. */
@Injectable()
export class OrderListService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly list: OrderListRepository,
    private readonly reader: OrderReader,
    private readonly rewards: RewardRepository,
    private readonly reading: RewardReadingService,
    private readonly registry: MerchantRegistry,
    private readonly merchants: MerchantDirectory,
    private readonly storefronts: StorefrontDirectory,
  ) {}

  /** Orders of all storefronts for staff, of its own for a storefront; the latest placed first. */
  async listOrders(principal: Principal, query: OrderListQuery): Promise<Page<OrderSummaryDto>> {
    const known = principal.kind === 'storefront' ? [principal.storefrontId] : this.storefrontIds();
    const { storefront, merchant: merchantId, state, orderId } = query;
    const storefrontIds = storefront === undefined ? known : known.filter((id) => id === storefront);
    const filter = { storefrontIds, merchantId, state, orderId, ...openPeriod(query) };
    const { page, heads } = await this.headsOf(filter, query);
    const rewards = await this.rewards.findSummaries(
      this.unitOfWork.reader,
      heads.map(({ id }) => id),
    );
    return pageOf(heads, page.limit, keyText, (head) => this.summaryOf(head, rewards.get(head.id) ?? []));
  }

  /** The orders that a merchant brought, the latest placed first. Throws `merchant.not-found`. */
  async listMerchantOrders(merchantId: MerchantId, query: MerchantOrderQuery): Promise<Page<MerchantOrderDto>> {
    await assertMerchant(this.unitOfWork.reader, this.registry, merchantId);
    const { state, orderId } = query;
    const filter = { storefrontIds: this.storefrontIds(), merchantId, state, orderId, ...openPeriod(query) };
    const { page, heads } = await this.headsOf(filter, query);
    const views = await this.reader.findMany(heads.slice(0, page.limit).map(({ id }) => id));
    const rewards = await this.reading.readMerchantRewards(views);
    return pageOf(heads, page.limit, keyText, (head) =>
      this.merchantOrderOf(head, views.get(head.id), rewards.get(head.id) ?? []),
    );
  }

  private async headsOf(filter: OrderFilter, query: OrderListQuery) {
    const page = pageRequest(query);
    const heads = await this.list.list(this.unitOfWork.reader, filter, momentKeyOf(page.after), page.limit + 1);
    return { page, heads };
  }

  private storefrontIds(): StorefrontId[] {
    return this.storefronts.all().map(({ id }) => id);
  }

  private summaryOf(head: OrderHead, rewards: readonly RewardSummary[]): OrderSummaryDto {
    return {
      ...whatAndWhen(head),
      linesTotal: minorToWire(head.linesTotal),
      total: minorToWire(head.linesTotal + head.shipping + head.tax),
      amountPaid: head.amountPaid === null ? null : minorToWire(head.amountPaid),
      merchant: merchantName(this.merchants, head.merchantId),
      via: head.attribution?.via ?? null,
      ownPurchase: head.attribution?.ownPurchase ?? false,
      rewards: rewards.map(rewardSummary),
    };
  }

  private merchantOrderOf(
    head: OrderHead,
    view: OrderView | undefined,
    rewards: readonly MerchantRewardDto[],
  ): MerchantOrderDto {
    if (!head.attribution) throw new Error(`${head.id} is of no merchant`);
    return {
      ...whatAndWhen(head),
      storefrontName: this.storefronts.find(head.storefrontId)?.name ?? null,
      commissionable: merchandiseOf(head),
      shopper: maskedShopper(head.shopperRef),
      via: head.attribution.via,
      attributedAt: head.attribution.attributedAt,
      noReward: noRewardOf(view?.events ?? []),
      rewards: [...rewards],
    };
  }
}

function keyText({ key }: OrderHead): string {
  return momentKeyText(key);
}

function whatAndWhen(head: OrderHead) {
  return {
    id: head.id,
    orderId: head.orderId,
    storefront: head.storefrontId,
    state: head.state,
    placedAt: head.placedAt.toISOString(),
    completedAt: head.completedAt?.toISOString() ?? null,
    cancelledAt: head.cancelledAt?.toISOString() ?? null,
    currency: head.currency,
    refunded: minorToWire(head.refunded),
  };
}

function rewardSummary({ id, asset, state, granted, voided, clawedBack }: RewardSummary): RewardSummaryDto {
  return { id, asset, state, granted: minorToWire(granted), takenBack: minorToWire(voided + clawedBack) };
}

/** What was paid for merchandise; see commissionableAmounts. */
function merchandiseOf({ amountPaid, shipping, tax, linesTotal }: OrderHead): number | null {
  if (amountPaid === null) return null;
  const paid = amountPaid - shipping - tax;
  return minorToWire(paid < 0n ? 0n : minAmount(paid, linesTotal));
}

/** A shopper as a merchant may know them: 张•••. */
function maskedShopper(reference: string | null): string | null {
  if (reference === null) return null;
  const [first = '', ...others] = Array.from(reference);
  return others.length === 0 ? '•••' : `${first}•••`;
}
