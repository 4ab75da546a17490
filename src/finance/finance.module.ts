import { Module } from '@nestjs/common';
import { BankReportsModule } from './bank-reports/bank-reports.module.js';
import { PayoutsModule } from './payouts/payouts.module.js';
import { RewardsModule } from './rewards/rewards.module.js';

@Module({ imports: [RewardsModule, PayoutsModule, BankReportsModule], exports: [RewardsModule, PayoutsModule] })
export class FinanceModule {}
