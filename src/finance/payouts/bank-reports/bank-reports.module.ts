import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { bankReportEntities } from './bank-report.entity.js';
import { AccessModule } from '../../../access/index.js';
import { DeskModule } from '../../../desk/index.js';
import { PayoutsModule } from '../payouts.module.js';
import { BankReportFinder } from './bank-report-finder.repository.js';
import { BankReportWork } from './bank-report-work.repository.js';
import { BankReportLineController } from './bank-report-line.controller.js';
import { BankReportListRepository } from './bank-report-list.repository.js';
import { BankReportQueryService } from './bank-report-query.service.js';
import { BankReportController } from './bank-report.controller.js';
import { BankReportRepository } from './bank-report.repository.js';
import { BankReportService } from './bank-report.service.js';
import { LineCandidateRepository } from './line-candidates.repository.js';
import { LineDecisionService } from './line-decision.service.js';
import { ReportTargeting } from './report-targeting.js';

@Module({
  imports: [TypeOrmModule.forFeature(bankReportEntities), AccessModule, DeskModule, PayoutsModule],
  controllers: [BankReportController, BankReportLineController],
  providers: [
    BankReportFinder,
    BankReportWork,
    BankReportListRepository,
    BankReportQueryService,
    BankReportService,
    BankReportRepository,
    LineCandidateRepository,
    LineDecisionService,
    ReportTargeting,
  ],
})
export class BankReportsModule {}
