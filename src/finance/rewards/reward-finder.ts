import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Finder, Finders, type Found } from '../../desk/index.js';
import { OrderReader } from '../../detection/orders/index.js';
import { isId } from '../../shared/ids.js';
import { RewardRepository } from './reward.repository.js';

/** Rewards by id. */
@Injectable()
export class RewardFinder extends Finder {
  readonly readers = ['staff'] as const;

  constructor(
    finders: Finders,
    private readonly unitOfWork: UnitOfWork,
    private readonly rewards: RewardRepository,
    private readonly orders: OrderReader,
  ) {
    super(finders);
  }

  async find(number: string): Promise<Found[]> {
    if (!isId('reward', number)) return [];
    const reward = await this.rewards.find(this.unitOfWork.reader, number);
    if (!reward) return [];
    const { id, merchantId: merchant, storefrontId: storefront, orderPk } = reward;
    const order = (await this.orders.findMany([orderPk])).get(orderPk)?.order.orderId;
    return [{ kind: 'reward', id, label: order ?? id, parts: { merchant, storefront, order } }];
  }
}
