import { CouponRepository } from '../../src/finance/assets/coupons/coupon.repository.js';
import { CouponStock } from '../../src/finance/assets/coupons/coupon-stock.js';
import { SystemClock } from '../../src/core/clock.js';
import { HeldMoney } from '../../src/finance/decisions/holds/held-money.js';
import { HoldRepository } from '../../src/finance/decisions/holds/hold.repository.js';
import { Ledger } from '../../src/finance/ledger/ledger.js';
import { LedgerRepository } from '../../src/finance/ledger/ledger.repository.js';
import { PointsLotRepository } from '../../src/finance/assets/points/points-lot.repository.js';
import { PointsLots } from '../../src/finance/assets/points/points-lots.js';

/** The ledger with everything that follows it, without Nest. */
export function newLedger(config: { pointsLifetimeDays: number | null } = { pointsLifetimeDays: null }): Ledger {
  const ledger = new Ledger(new LedgerRepository());
  new PointsLots(ledger, new PointsLotRepository(), config);
  new CouponStock(ledger, new CouponRepository());
  new HeldMoney(ledger, new HoldRepository(), new SystemClock());
  return ledger;
}
