import { CouponRepository } from '../../src/finance/assets/coupons/coupon.repository.js';
import { CouponStock } from '../../src/finance/assets/coupons/coupon-stock.js';
import { Ledger } from '../../src/finance/ledger/ledger.js';
import { LedgerRepository } from '../../src/finance/ledger/ledger.repository.js';
import { PointsLotRepository } from '../../src/finance/assets/points/points-lot.repository.js';
import { PointsLots } from '../../src/finance/assets/points/points-lots.js';

/** The ledger with everything that follows it, without Nest. */
export function newLedger(config: { pointsLifetimeDays: number | null } = { pointsLifetimeDays: null }): Ledger {
  return new Ledger(new LedgerRepository(), [
    new PointsLots(new PointsLotRepository(), config),
    new CouponStock(new CouponRepository()),
  ]);
}
