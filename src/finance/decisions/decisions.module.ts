import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { holdEntities } from './holds/hold.entity.js';
import { AdjustmentEntity } from './adjustments/adjustment.entity.js';

import { AccessModule } from '../../access/index.js';
import { DeskModule } from '../../desk/index.js';
import { DatabaseModule } from '../../database/index.js';
import { AssetsModule } from '../assets/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PayoutsModule } from '../payouts/index.js';
import { RewardsModule } from '../rewards/index.js';
import { AdjustmentController } from './adjustments/adjustment.controller.js';
import { AdjustmentService } from './adjustments/adjustment.service.js';
import { AdjustmentFinder, HoldFinder } from './decision-finder.repository.js';
import { DecisionWork } from './decision-work.repository.js';
import { HeldMoney } from './holds/held-money.js';
import { HoldController } from './holds/hold.controller.js';
import { HoldDesk } from './holds/hold-desk.js';
import { HoldRepository } from './holds/hold.repository.js';
import { HoldService } from './holds/hold.service.js';
import { DecisionsPersonalData } from './decisions-personal-data.repository.js';

/** What two people decide: money on hold, released or voided, and adjustments. */
@Module({
  imports: [
    TypeOrmModule.forFeature([...holdEntities, AdjustmentEntity]),
    AccessModule,
    DeskModule,
    DatabaseModule,
    LedgerModule,
    AssetsModule,
    PayoutsModule,
    RewardsModule,
  ],
  controllers: [HoldController, AdjustmentController],
  providers: [
    DecisionsPersonalData,
    HeldMoney,
    HoldDesk,
    HoldService,
    HoldRepository,
    AdjustmentService,
    HoldFinder,
    AdjustmentFinder,
    DecisionWork,
  ],
})
export class DecisionsModule {}
