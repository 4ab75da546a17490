import { Module } from '@nestjs/common';
import { BankReportsModule } from './bank-reports/bank-reports.module.js';
import { PayoutsModule } from './payouts/payouts.module.js';

@Module({ imports: [PayoutsModule, BankReportsModule], exports: [PayoutsModule] })
export class FinanceModule {}
