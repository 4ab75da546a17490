import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/index.js';
import { DatabaseModule } from '../../database/index.js';
import { DetectionModule } from '../../detection/index.js';
import { PricingModule } from '../../pricing/index.js';
import { AdjustmentController } from '../decisions/index.js';
import { AdjustmentService } from '../decisions/index.js';
import { HoldsModule } from '../decisions/index.js';
import { CouponsModule } from '../assets/index.js';
import { LedgerModule } from '../ledger/index.js';
import { BalanceService } from '../payouts/index.js';
import { OrderViewController } from './order-view.controller.js';
import { OrderViewService } from './order-view.service.js';
import { StatementController } from '../ledger/index.js';
import { StatementRepository } from '../ledger/index.js';
import { DebtService } from '../ledger/index.js';
import { StatementService } from '../ledger/index.js';
import { MaturityService } from './maturity.service.js';
import { PostingMetrics } from './posting-metrics.js';
import { PostingService } from './posting.service.js';
import { RewardRuleController } from './reward-rule.controller.js';
import { RewardRuleDirectory } from './reward-rule-directory.js';
import { RewardRuleRepository } from './reward-rule.repository.js';
import { RewardRuleService } from './reward-rule.service.js';
import { RewardController } from './reward.controller.js';
import { RewardReadingService } from './reward-reading.service.js';
import { RewardRepository } from './reward.repository.js';
import { RewardSimulationService } from './reward-simulation.service.js';
import { RewardTallyRepository } from './reward-tally.repository.js';
import { SweepService } from './sweep.service.js';

/** Rewards from rule to statement, corrections by hand, and the audit of it all. */
@Module({
  imports: [AccessModule, DatabaseModule, DetectionModule, PricingModule, LedgerModule, HoldsModule, CouponsModule],
  controllers: [RewardRuleController, RewardController, StatementController, OrderViewController, AdjustmentController],
  providers: [
    RewardRuleService,
    RewardRuleRepository,
    RewardRuleDirectory,
    RewardRepository,
    RewardSimulationService,
    RewardTallyRepository,
    RewardReadingService,
    PostingMetrics,
    PostingService,
    SweepService,
    MaturityService,
    StatementRepository,
    BalanceService,
    StatementService,
    DebtService,
    OrderViewService,
    AdjustmentService,
  ],
  exports: [PostingService, SweepService, MaturityService],
})
export class RewardsModule {}
