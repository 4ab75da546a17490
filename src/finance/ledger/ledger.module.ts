import { Module } from '@nestjs/common';
import { CouponRepository } from '../coupons/coupon.repository.js';
import { CouponStock } from '../coupons/coupon-stock.js';
import { PointsLotRepository } from '../points/points-lot.repository.js';
import { PointsLots } from '../points/points-lots.js';
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
