import { Module } from '@nestjs/common';
import { AccessModule } from '../../../access/index.js';
import { DatabaseModule } from '../../../database/index.js';
import { OpenLines } from '../../payouts/index.js';
import { LedgerModule } from '../../ledger/index.js';
import { RewardRepository } from '../../rewards/index.js';
import { HoldController } from './hold.controller.js';
import { HoldDesk } from './hold-desk.js';
import { HoldRepository } from './hold.repository.js';
import { HoldService } from './hold.service.js';

/** The sub-ledger of `held`: what posts money there or takes it away keeps a hold for it. */
@Module({
  imports: [AccessModule, DatabaseModule, LedgerModule],
  controllers: [HoldController],
  providers: [HoldDesk, HoldService, HoldRepository, OpenLines, RewardRepository],
  exports: [HoldRepository, HoldService],
})
export class HoldsModule {}
