import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ledgerEntities } from './ledger.entities.js';
import { closingEntities } from './closings/closing.entity.js';
import { sealEntities } from './seal/seal.entity.js';

import { AccessModule } from '../../access/index.js';
import { DeskModule } from '../../desk/index.js';
import { DatabaseModule } from '../../database/index.js';
import { OrdersModule } from '../../detection/orders/index.js';
import { LedgerRepository } from './ledger.repository.js';
import { Ledger } from './ledger.js';
import { BookCloser } from './closings/book-closer.js';
import { ClosingRepository } from './closings/closing.repository.js';
import { SealController } from './seal/seal.controller.js';
import { SealRepository } from './seal/seal.repository.js';
import { Sealer } from './seal/sealer.js';
import { DebtService } from './statements/debt.service.js';
import { JournalController } from './statements/journal.controller.js';
import { JournalFinder } from './statements/journal-finder.js';
import { JournalRepository } from './statements/journal.repository.js';
import { JournalService } from './statements/journal.service.js';
import { MonthStatementController } from './statements/month-statement.controller.js';
import { MonthStatementRepository } from './statements/month-statement.repository.js';
import { MonthStatementService } from './statements/month-statement.service.js';
import { StatementController } from './statements/statement.controller.js';
import { StatementRepository } from './statements/statement.repository.js';
import { StatementService } from './statements/statement.service.js';
import { LedgerPersonalData } from './ledger-personal-data.repository.js';

/** The books: journals and their entries, the chain that seals them, and how merchants and accountants read them. */
@Module({
  imports: [
    TypeOrmModule.forFeature([...ledgerEntities, ...sealEntities, ...closingEntities]),
    AccessModule,
    DeskModule,
    DatabaseModule,
    OrdersModule,
  ],
  controllers: [StatementController, MonthStatementController, JournalController, SealController],
  providers: [
    LedgerPersonalData,
    Ledger,
    LedgerRepository,
    StatementService,
    StatementRepository,
    DebtService,
    MonthStatementService,
    MonthStatementRepository,
    JournalFinder,
    JournalService,
    JournalRepository,
    Sealer,
    SealRepository,
    BookCloser,
    ClosingRepository,
  ],
  exports: [BookCloser, Ledger, LedgerRepository, StatementRepository, Sealer, SealRepository],
})
export class LedgerModule {}
