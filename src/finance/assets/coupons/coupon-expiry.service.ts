import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isDatabaseAway, isLockConflict } from '../../../core/driver-error.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Logger } from '../../../core/logger.js';
import { Clock } from '../../../core/clock.js';
import { couponAsset } from '../../../shared/asset.js';
import { Ledger, LedgerRepository, journalText } from '../../ledger/index.js';
import { expireCoupon, releaseCoupon } from './coupon-posting.js';
import { CouponRepository, type DueCoupon } from './coupon.repository.js';
import type { MerchantId } from '../../../shared/ids.js';

/** Coupons looked for at once. */
const PAGE = 200;

/** Ends reservations whose order never came, and lets coupons expire when their day has come, by the database's clock. */
@Injectable()
export class CouponExpiryService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly coupons: CouponRepository,
    private readonly ledger: Ledger,
    private readonly accounts: LedgerRepository,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Everything that is due, once however many workers do this at once; returns how many. One that fails holds up no other. */
  async expireCoupons(): Promise<number> {
    // What was released may be past its day.
    return (await this.sweep('reservations')) + (await this.sweep('coupons'));
  }

  /** Lets this merchant's coupons expire in the caller's transaction, so that one past its day is not redeemed. */
  async expireOf(tx: EntityManager, merchantId: MerchantId, asset: string): Promise<void> {
    await this.accounts.lockAccounts(tx, [{ merchantId, asset }]);
    for (const due of await this.coupons.findDueOf(tx, merchantId)) await this.expire(tx, due);
  }

  private async sweep(what: 'coupons' | 'reservations'): Promise<number> {
    let done = 0;
    for (let after = ''; ;) {
      const page = await this.coupons.findDue(this.unitOfWork.reader, what, after, PAGE);
      for (const due of page) done += await this.endOne(what, due);
      if (page.length < PAGE) return done;
      after = page.at(-1)?.id ?? after;
    }
  }

  private async endOne(what: 'coupons' | 'reservations', due: DueCoupon): Promise<number> {
    try {
      return await this.unitOfWork.run(async (tx) => {
        await this.accounts.lockAccounts(tx, [{ merchantId: due.merchantId, asset: couponAsset(due.template) }]);
        const still = await this.coupons.findStillDue(tx, what, due.id);
        if (!still) return 0;
        if (what === 'coupons') await this.expire(tx, still);
        else await releaseCoupon(tx, this.ledger, still, journalText('couponUnused'), this.clock.now());
        return 1;
      });
    } catch (error) {
      if (isDatabaseAway(error) || isLockConflict(error)) throw error;
      this.logger.alert('coupon-stuck', { couponId: due.id, err: error });
      return 0;
    }
  }

  private expire(tx: EntityManager, due: DueCoupon): Promise<void> {
    return expireCoupon(tx, this.ledger, due, due.expiresAt ?? this.clock.now());
  }
}
