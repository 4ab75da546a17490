import { Module } from '@nestjs/common';
import { AssetsModule } from './assets/index.js';
import { AuditModule } from './audit/index.js';
import { DecisionsModule } from './decisions/index.js';
import { LedgerModule } from './ledger/index.js';
import { BankReportsModule, PayoutsModule, ReconciliationModule } from './payouts/index.js';
import { RewardsModule } from './rewards/index.js';

/** Money: all floors of it. */
@Module({
  imports: [
    LedgerModule,
    AssetsModule,
    PayoutsModule,
    BankReportsModule,
    ReconciliationModule,
    RewardsModule,
    DecisionsModule,
    AuditModule,
  ],
  exports: [LedgerModule, AssetsModule, PayoutsModule, RewardsModule, AuditModule],
})
export class FinanceModule {}
