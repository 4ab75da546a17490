import { Module } from '@nestjs/common';
import { AuditModule } from './audit/index.js';
import { BankReportsModule } from './payouts/index.js';
import { CouponsModule } from './assets/index.js';
import { PayoutsModule } from './payouts/index.js';
import { PointsModule } from './assets/index.js';
import { RedemptionsModule } from './assets/index.js';
import { ReconciliationModule } from './payouts/index.js';
import { RewardsModule } from './rewards/index.js';
import { SealModule } from './ledger/index.js';
import { StatementsModule } from './ledger/index.js';

@Module({
  imports: [
    RewardsModule,
    PointsModule,
    CouponsModule,
    RedemptionsModule,
    PayoutsModule,
    BankReportsModule,
    ReconciliationModule,
    SealModule,
    AuditModule,
    StatementsModule,
  ],
  exports: [RewardsModule, PointsModule, CouponsModule, PayoutsModule, SealModule, AuditModule],
})
export class FinanceModule {}
