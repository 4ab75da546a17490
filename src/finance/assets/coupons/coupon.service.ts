import { Injectable } from '@nestjs/common';
import { AuditLog, type Principal } from '../../../access/index.js';
import { MerchantRegistry, assertMerchant } from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { pageOf, type Page } from '../../../shared/page.js';
import { pageRequest } from '../../../shared/page.dto.js';
import { couponAsset } from '../../../shared/asset.js';
import { Ledger, LedgerRepository } from '../../ledger/index.js';
import { assertTransition, refusal } from './coupon.js';
import { revokeCoupon } from './coupon-posting.js';
import { CouponReadingRepository, couponView, lockedOf } from './coupon-reading.repository.js';
import type { CouponQuery, CouponDto } from './coupon.dto.js';
import type { CouponId, MerchantId } from '../../../shared/ids.js';

/** A merchant's coupons. */
@Injectable()
export class CouponService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly coupons: CouponReadingRepository,
    private readonly ledger: Ledger,
    private readonly accounts: LedgerRepository,
    private readonly merchants: MerchantRegistry,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Coupons, the oldest first. The merchant sees whole codes, a storefront of what it takes, staff the end of each. Throws `merchant.not-found`. */
  async listCoupons(merchantId: MerchantId, query: CouponQuery, principal: Principal): Promise<Page<CouponDto>> {
    const reader = this.unitOfWork.reader;
    await assertMerchant(reader, this.merchants, merchantId);
    const page = pageRequest(query);
    const storefront = principal.kind === 'storefront' ? { storefrontId: principal.storefrontId } : {};
    const { state, withinDays } = query;
    const rows = await this.coupons.list(reader, { merchantId, state, withinDays, ...storefront }, page);
    const templates = await this.coupons.templatesOf(reader, rows);
    const codes = principal.kind === 'staff' ? 'masked' : 'whole';
    return pageOf(
      rows,
      page.limit,
      ({ id }) => id,
      (coupon) => couponView(coupon, templates.get(coupon.template) ?? null, codes),
    );
  }

  /** Takes a coupon back; again answers the same. Throws `coupon.not-found`, and why it cannot be taken back. */
  async revokeCoupon(merchantId: MerchantId, id: CouponId, reason: string, principal: Principal): Promise<CouponDto> {
    return this.unitOfWork.run(async (tx) => {
      const { template } = await this.coupons.get(tx, merchantId, id);
      await this.accounts.lockAccounts(tx, [{ merchantId, asset: couponAsset(template) }]);
      const coupon = await this.coupons.get(tx, merchantId, id);
      const worth = (await this.coupons.templatesOf(tx, [coupon])).get(template) ?? null;
      if (coupon.state === 'revoked') return couponView(coupon, worth, 'masked');
      // What is on hold is decided about where it went on hold; what is redeemed is given back by its reversal.
      if (coupon.state === 'held' || coupon.state === 'redeemed') throw refusal(coupon.state);
      assertTransition(coupon.state, 'revoked');
      const { moves } = await this.coupons.standing(tx, id);
      await revokeCoupon(tx, this.ledger, lockedOf({ coupon, moves }), reason, this.clock.now());
      await this.auditLog.record(tx, { principal, action: 'coupon.revoked', subject: id, detail: { reason } });
      return couponView(await this.coupons.get(tx, merchantId, id), worth, 'masked');
    });
  }
}
