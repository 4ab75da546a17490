import { Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { BankReportsModule } from './bank-reports/bank-reports.module.js';
import { CouponsModule } from './coupons/coupons.module.js';
import { PayoutsModule } from './payouts/payouts.module.js';
import { PointsModule } from './points/points.module.js';
import { RedemptionsModule } from './redemptions/redemptions.module.js';
import { ReconciliationModule } from './reconciliation/reconciliation.module.js';
import { RewardsModule } from './rewards/rewards.module.js';
import { SealModule } from './seal/seal.module.js';
import { StatementsModule } from './statements/statements.module.js';

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
