import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../../../core/config.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { couponAsset } from '../../../shared/asset.js';
import { contentHash } from '../../../shared/content-hash.js';
import { DomainError } from '../../../shared/domain-error.js';
import { minorFromWire, minorToWire } from '../../../shared/money.js';
import type { AssetErrorCode } from '../errors.js';
import { Ledger, LedgerRepository, journalText } from '../../ledger/index.js';
import { postRedemption } from './redemption-posting.js';
import { refusal } from '../coupons/coupon.js';
import { couponDiscount, type CouponDiscount } from '../coupons/coupon-discount.js';
import { CouponEntity } from '../coupons/coupon.entity.js';
import { releaseCoupon, reserveCoupon } from '../coupons/coupon-posting.js';
import {
  CouponReadingRepository,
  couponView,
  lockedOf,
  type KnownCoupon,
} from '../coupons/coupon-reading.repository.js';
import { termsOf } from '../coupons/coupon-template.service.js';
import type {
  QuoteCouponDto,
  CouponQuoteDto,
  ReserveCouponDto,
  RedeemCouponDto,
  RedeemedCouponDto,
  CouponDto,
} from '../coupons/coupon.dto.js';
import type { StorefrontId } from '../../../shared/ids.js';

/** Coupons at a storefront, by their code. Everywhere `coupon.not-found` for unknown and foreign codes alike. */
@Injectable()
export class CouponUseService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly coupons: CouponReadingRepository,
    private readonly ledger: Ledger,
    private readonly accounts: LedgerRepository,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** What a coupon would take off; nothing changes. Throws as {@link reserve} does. */
  async quote(storefrontId: StorefrontId, code: string, basket: QuoteCouponDto): Promise<CouponQuoteDto> {
    const known = await this.coupons.getByCode(this.unitOfWork.reader, storefrontId, code);
    assertUsable(known);
    return quoteView(known, basket, discountOf(known, basket));
  }

  /**
   * Keeps a coupon for an order, so that no other order can redeem it. The same order and lines again answer the same. Throws
   * `coupon.reserved` for another order, `coupon.conflict` for other lines, and why a coupon cannot be redeemed.
   */
  async reserve(storefrontId: StorefrontId, code: string, dto: ReserveCouponDto): Promise<CouponQuoteDto> {
    return this.locked(storefrontId, code, async (tx, known) => {
      const { coupon } = known;
      if (coupon.state === 'reserved' && isFor(coupon, storefrontId, dto.orderId)) {
        if (coupon.orderHash !== basketHash(dto)) throw conflict();
        return quoteView(known, dto, discountOf(known, dto));
      }
      assertUsable(known);
      const found = discountOf(known, dto);
      await this.bind(tx, known, storefrontId, dto.orderId, dto, found);
      await reserveCoupon(tx, this.ledger, lockedOf(known), dto.orderId, this.clock.now());
      return quoteView({ ...known, coupon: await this.coupons.get(tx, coupon.merchantId, coupon.id) }, dto, found);
    });
  }

  /**
   * Uses a coupon that is reserved for the order, or in one step one that is not, when the lines are given. Again for the
   * same order answers the same. Throws `coupon.not-reserved`, `coupon.conflict`, and why it cannot be redeemed.
   */
  async redeem(storefrontId: StorefrontId, code: string, dto: RedeemCouponDto): Promise<RedeemedCouponDto> {
    return this.locked(storefrontId, code, async (tx, known) => {
      const { coupon, template } = known;
      const mine = isFor(coupon, storefrontId, dto.orderId);
      const basket = basketOf(dto);
      if (mine && basket && coupon.orderHash !== basketHash(basket)) throw conflict();
      if (coupon.state === 'redeemed' && mine) return this.usedView(tx, known);
      if (coupon.state !== 'reserved' || !mine) {
        assertUsable(known);
        if (!basket) throw refusal('issued');
        await this.bind(tx, known, storefrontId, dto.orderId, basket, discountOf(known, basket));
      }
      const account = coupon.state === 'reserved' ? ('reserved' as const) : ('available' as const);
      const { merchantId } = coupon;
      const redemption = {
        storefrontId,
        merchantId,
        asset: couponAsset(template.name),
        amount: 1n,
        redemptionId: null,
      };
      const when = { orderId: dto.orderId, redeemedAt: this.clock.now() };
      await postRedemption(tx, this.ledger, { ...redemption, ...when }, { account, couponId: coupon.id });
      return this.usedView(tx, { ...known, coupon: await this.coupons.get(tx, merchantId, coupon.id) });
    });
  }

  /** Releases a reserved coupon; one that is released already stays so. Throws `coupon.reserved` for another order. */
  async release(storefrontId: StorefrontId, code: string, orderId: string): Promise<CouponDto> {
    return this.locked(storefrontId, code, async (tx, known) => {
      const { coupon, template } = known;
      if (coupon.state === 'issued') return couponView(coupon, template, 'whole');
      if (coupon.state !== 'reserved' || !isFor(coupon, storefrontId, orderId)) throw refusal(coupon.state);
      await releaseCoupon(
        tx,
        this.ledger,
        lockedOf(known),
        journalText('couponReleased', { order: orderId }),
        this.clock.now(),
      );
      return couponView(await this.coupons.get(tx, coupon.merchantId, coupon.id), template, 'whole');
    });
  }

  /** The coupon as it is under its lock: every change of it locks the merchant's accounts first. */
  private locked<T>(
    storefrontId: StorefrontId,
    code: string,
    work: (tx: EntityManager, known: KnownCoupon) => Promise<T>,
  ): Promise<T> {
    return this.unitOfWork.run(async (tx) => {
      const { coupon } = await this.coupons.getByCode(tx, storefrontId, code);
      const { merchantId, template } = coupon;
      await this.accounts.lockAccounts(tx, [{ merchantId, asset: couponAsset(template) }]);
      return work(tx, await this.coupons.getByCode(tx, storefrontId, code));
    });
  }

  /** Writes on the coupon what it is for. The second caller finds it bound, and changes nothing. */
  private async bind(
    tx: EntityManager,
    { coupon }: KnownCoupon,
    storefrontId: StorefrontId,
    orderId: string,
    basket: QuoteCouponDto,
    { discount }: CouponDiscount,
  ): Promise<void> {
    const use = { storefrontId, orderId, orderHash: basketHash(basket), discount };
    if (!(await this.coupons.bind(tx, coupon.id, use, this.config.couponReservationMinutes))) throw refusal('reserved');
  }

  private async usedView(tx: EntityManager, { coupon, template }: KnownCoupon): Promise<RedeemedCouponDto> {
    return {
      coupon: couponView(coupon, template, 'whole'),
      currency: template.currency,
      discount: minorToWire(coupon.discount ?? 0n),
      redemptionId: await this.coupons.redemptionIdOf(tx, coupon.id),
    };
  }
}

function assertUsable({ coupon, pastItsDay }: KnownCoupon): void {
  if (coupon.state !== 'issued') throw refusal(coupon.state);
  if (pastItsDay) throw refusal('expired');
}

function isFor(coupon: CouponEntity, storefrontId: StorefrontId, orderId: string): boolean {
  return coupon.storefrontId === storefrontId && coupon.orderId === orderId;
}

function basketOf({ currency, lines }: RedeemCouponDto): QuoteCouponDto | null {
  return currency == null || lines == null ? null : { currency, lines };
}

function basketHash({ currency, lines }: QuoteCouponDto): string {
  return contentHash({
    currency,
    lines: lines.map(({ sku, category, quantity, unitPrice, lineTotal }) => [
      ...[sku, category ?? null, quantity, unitPrice, lineTotal],
    ]),
  });
}

function discountOf({ template }: KnownCoupon, { currency, lines }: QuoteCouponDto): CouponDiscount {
  const bases = lines.map(({ category, lineTotal }) => ({
    category: category ?? null,
    lineTotal: minorFromWire(lineTotal),
  }));
  return couponDiscount(termsOf(template), currency, bases);
}

function quoteView(
  { coupon, template }: KnownCoupon,
  { currency, lines }: QuoteCouponDto,
  found: CouponDiscount,
): CouponQuoteDto {
  return {
    coupon: couponView(coupon, template, 'whole'),
    currency,
    eligibleTotal: minorToWire(found.eligibleTotal),
    discount: minorToWire(found.discount),
    lines: lines.map(({ sku }, index) => ({ sku, discount: minorToWire(found.shares[index] ?? 0n) })),
  };
}

function conflict(): DomainError<AssetErrorCode> {
  return new DomainError('coupon.conflict', 'The coupon is this order’s with other lines; release it first.');
}
