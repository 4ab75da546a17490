import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { rewardEntities } from './rewards.entities.js';

import { AccessModule } from '../../access/index.js';
import { DeskModule } from '../../desk/index.js';
import { DatabaseModule } from '../../database/index.js';
import { OrdersModule } from '../../detection/orders/index.js';
import { PricingModule } from '../../pricing/index.js';
import { MerchantOrderController } from './merchant-order.controller.js';
import { OrderListService } from './order-list.service.js';
import { OrderViewController } from './order-view.controller.js';
import { OrderViewService } from './order-view.service.js';
import { AssetsModule } from '../assets/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PayoutsModule } from '../payouts/index.js';
import { MaturityService } from './maturity.service.js';
import { PayoutRewardController } from './payout-reward.controller.js';
import { PostingMetrics } from './posting-metrics.js';
import { PostingService } from './posting.service.js';
import { PostingShardRepository } from './posting-shard.repository.js';
import { RewardRuleController } from './reward-rule.controller.js';
import { RewardRuleDirectory } from './reward-rule-directory.js';
import { RewardRuleRepository } from './reward-rule.repository.js';
import { RewardRuleService } from './reward-rule.service.js';
import { RewardController } from './reward.controller.js';
import { RewardFinder } from './reward-finder.js';
import { RewardReadingService } from './reward-reading.service.js';
import { RewardRepository } from './reward.repository.js';
import { RewardSimulationService } from './reward-simulation.service.js';
import { RewardTallyRepository } from './reward-tally.repository.js';
import { SweepService } from './sweep.service.js';
import { RewardsPersonalData } from './rewards-personal-data.repository.js';

/** Rewards: rules, what a complete purchase earns, and why. */
@Module({
  imports: [
    TypeOrmModule.forFeature(rewardEntities),
    AccessModule,
    DeskModule,
    DatabaseModule,
    OrdersModule,
    PricingModule,
    LedgerModule,
    AssetsModule,
    PayoutsModule,
  ],
  controllers: [
    RewardRuleController,
    RewardController,
    OrderViewController,
    MerchantOrderController,
    PayoutRewardController,
  ],
  providers: [
    RewardsPersonalData,
    RewardRuleService,
    RewardRuleRepository,
    RewardRuleDirectory,
    RewardFinder,
    RewardRepository,
    RewardSimulationService,
    RewardTallyRepository,
    RewardReadingService,
    PostingMetrics,
    PostingService,
    PostingShardRepository,
    SweepService,
    MaturityService,
    OrderListService,
    OrderViewService,
  ],
  exports: [PostingService, SweepService, MaturityService, RewardRepository],
})
export class RewardsModule {}
