import { Module } from '@nestjs/common';
import { PointsLotRepository } from '../points/points-lot.repository.js';
import { PointsLots } from '../points/points-lots.js';
import { LedgerRepository } from './ledger.repository.js';
import { Ledger } from './ledger.js';
import { SUB_LEDGERS, type SubLedger } from './sub-ledger.js';

/** Every one follows every journal. */
const subLedgers = [PointsLots];

@Module({
  providers: [
    Ledger,
    LedgerRepository,
    PointsLotRepository,
    ...subLedgers,
    { provide: SUB_LEDGERS, useFactory: (...all: SubLedger[]) => all, inject: subLedgers },
  ],
  exports: [Ledger, LedgerRepository, PointsLotRepository],
})
export class LedgerModule {}
