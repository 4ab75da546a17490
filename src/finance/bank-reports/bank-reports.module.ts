import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/index.js';
import { PayoutsModule } from '../payouts/payouts.module.js';
import { BankReportController } from './bank-report.controller.js';
import { BankReportRepository } from './bank-report.repository.js';
import { BankReportService } from './bank-report.service.js';

@Module({
  imports: [AccessModule, PayoutsModule],
  controllers: [BankReportController],
  providers: [BankReportService, BankReportRepository],
})
export class BankReportsModule {}
