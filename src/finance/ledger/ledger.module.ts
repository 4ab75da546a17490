import { Module } from '@nestjs/common';
import { CouponRepository } from '../assets/index.js';
import { CouponStock } from '../assets/index.js';
import { PointsLotRepository } from '../assets/index.js';
import { PointsLots } from '../assets/index.js';
import { LedgerRepository } from './ledger.repository.js';
import { Ledger } from './ledger.js';
import { SUB_LEDGERS, type SubLedger } from './sub-ledger.js';

/** Every one follows every journal. */
const subLedgers = [PointsLots, CouponStock];

@Module({
  providers: [
    Ledger,
    LedgerRepository,
    PointsLotRepository,
    CouponRepository,
    ...subLedgers,
    { provide: SUB_LEDGERS, useFactory: (...all: SubLedger[]) => all, inject: subLedgers },
  ],
  exports: [Ledger, LedgerRepository, PointsLotRepository, CouponRepository],
})
export class LedgerModule {}
