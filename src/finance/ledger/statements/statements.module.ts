import { Module } from '@nestjs/common';
import { AccessModule } from '../../../access/index.js';
import { DatabaseModule } from '../../../database/index.js';
import { DetectionModule } from '../../../detection/index.js';
import { JournalController } from './journal.controller.js';
import { JournalRepository } from './journal.repository.js';
import { JournalService } from './journal.service.js';
import { MonthStatementController } from './month-statement.controller.js';
import { MonthStatementRepository } from './month-statement.repository.js';
import { MonthStatementService } from './month-statement.service.js';

/** The books as an accountant reads them: months of a merchant, journals of a period. */
@Module({
  imports: [AccessModule, DatabaseModule, DetectionModule],
  controllers: [MonthStatementController, JournalController],
  providers: [MonthStatementService, MonthStatementRepository, JournalService, JournalRepository],
})
export class StatementsModule {}
