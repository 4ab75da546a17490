import { Module } from '@nestjs/common';
import { BankReportsModule } from './bank-reports/bank-reports.module.js';
import { PayoutsModule } from './payouts/payouts.module.js';
import { RewardsModule } from './rewards/rewards.module.js';
import { SealModule } from './seal/seal.module.js';

@Module({
  imports: [RewardsModule, PayoutsModule, BankReportsModule, SealModule],
  exports: [RewardsModule, PayoutsModule, SealModule],
})
export class FinanceModule {}
