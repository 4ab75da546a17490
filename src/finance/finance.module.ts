import { Module } from '@nestjs/common';
import { AssetsModule } from './assets/index.js';
import { AuditModule } from './audit/index.js';
import { FiguresModule } from './figures/index.js';
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
    FiguresModule,
    AuditModule,
  ],
  exports: [LedgerModule, AssetsModule, PayoutsModule, RewardsModule, FiguresModule, AuditModule],
})
export class FinanceModule {}
