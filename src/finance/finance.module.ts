import { Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { BankReportsModule } from './bank-reports/bank-reports.module.js';
import { PayoutsModule } from './payouts/payouts.module.js';
import { RewardsModule } from './rewards/rewards.module.js';
import { SealModule } from './seal/seal.module.js';

@Module({
  imports: [RewardsModule, PayoutsModule, BankReportsModule, SealModule, AuditModule],
  exports: [RewardsModule, PayoutsModule, SealModule, AuditModule],
})
export class FinanceModule {}
