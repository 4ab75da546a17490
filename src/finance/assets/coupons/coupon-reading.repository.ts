import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Table } from '../../../core/table.js';
import { DomainError } from '../../../shared/domain-error.js';
import { minorToWire } from '../../../shared/money.js';
import type { PageRequest } from '../../../shared/page.js';
import type { AssetErrorCode } from '../errors.js';
import type { LockedCoupon } from './coupon-posting.js';
import { maskedCode, parseCouponCode, type CouponState } from './coupon.js';
import type { CouponDto } from './coupon.dto.js';
import type { CouponWorthDto } from './coupon-worth.dto.js';
import { CouponEntity, CouponTemplateEntity } from './coupon.entity.js';
import type { CouponId, MerchantId, StorefrontId } from '../../../shared/ids.js';

const COUPONS = new Table(CouponEntity);

/** A coupon with its template, and whether it is past its day by the database's clock. */
export interface KnownCoupon {
  coupon: CouponEntity;
  template: CouponTemplateEntity;
  pastItsDay: boolean;
  /** How often it has changed its state. */
  moves: number;
}

/** Looks for coupons as people and storefronts name them. */
@Injectable()
export class CouponReadingRepository {
  /**
   * The coupon of this code, as this storefront may redeem it. Throws `coupon.not-found`, the same for a code that cannot
   * be one, that is unknown, and that is another storefront's.
   */
  async getByCode(tx: EntityManager, storefrontId: StorefrontId, typed: string): Promise<KnownCoupon> {
    const code = parseCouponCode(typed);
    const coupon = code === null ? null : await tx.findOneBy(CouponEntity, { code });
    const template = coupon && (await tx.findOneBy(CouponTemplateEntity, { name: coupon.template }));
    if (!coupon || !template || (template.storefrontId !== null && template.storefrontId !== storefrontId))
      throw notFound();
    return { coupon, template, ...(await this.standing(tx, coupon.id)) };
  }

  /** Whether this storefront takes coupons of the template; one without a template is taken everywhere. */
  async isTakenBy(tx: EntityManager, storefrontId: StorefrontId, template: string): Promise<boolean> {
    const known = await tx.findOneBy(CouponTemplateEntity, { name: template });
    return known?.storefrontId == null || known.storefrontId === storefrontId;
  }

  /** Whether a coupon is past its day, and how often it has changed its state. */
  async standing(tx: EntityManager, id: CouponId): Promise<Pick<KnownCoupon, 'pastItsDay' | 'moves'>> {
    const [{ past, moves }] = await tx.query<[{ past: string | null; moves: string }]>(
      `SELECT (SELECT COUNT(*) FROM coupon_move WHERE coupon_id = c.id) moves, c.expires_at <= NOW(6) past
       FROM coupon c WHERE c.id = ?`,
      [id],
    );
    return { pastItsDay: Number(past) === 1, moves: Number(moves) };
  }

  /** Writes on an issued coupon what it is for, until `minutes` from now; false: it is bound already. */
  async bind(
    tx: EntityManager,
    id: CouponId,
    use: Pick<CouponEntity, 'storefrontId' | 'orderId' | 'orderHash' | 'discount'>,
    minutes: number,
  ): Promise<boolean> {
    const { sql, parameters } = COUPONS.assign(use);
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE coupon SET ${sql}, reserved_until = NOW(6) + INTERVAL ? MINUTE
       WHERE id = ? AND state = 'issued' AND order_id IS NULL`,
      [...parameters, minutes, id],
    );
    return affectedRows === 1;
  }

  /** The storefront's id of the redemption that used the coupon last. */
  async redemptionIdOf(tx: EntityManager, couponId: CouponId): Promise<string> {
    const [redemption] = await tx.query<{ redemption_id: string }[]>(
      `SELECT r.redemption_id FROM coupon_move m JOIN redemption r ON r.journal_id = m.journal_id
       WHERE m.coupon_id = ? AND m.target = 'redeemed' ORDER BY m.journal_id DESC LIMIT 1`,
      [couponId],
    );
    if (!redemption) throw new Error(`${couponId} was used without a redemption`);
    return redemption.redemption_id;
  }

  /** A merchant's coupon. Throws `coupon.not-found`. */
  async get(tx: EntityManager, merchantId: MerchantId, id: CouponId): Promise<CouponEntity> {
    const coupon = await tx.findOneBy(CouponEntity, { id, merchantId });
    if (!coupon) throw notFound();
    return coupon;
  }

  /** The templates of coupons, by name; those that were never made are not among them. */
  async templatesOf(
    tx: EntityManager,
    coupons: readonly CouponEntity[],
  ): Promise<ReadonlyMap<string, CouponTemplateEntity>> {
    const names = [...new Set(coupons.map(({ template }) => template))];
    if (names.length === 0) return new Map();
    const templates = await tx.findBy(CouponTemplateEntity, { name: In(names) });
    return new Map(templates.map((template) => [template.name, template]));
  }

  /**
   * A merchant's coupons, the oldest first: one more than the page holds. `storefrontId`: only what it takes; `withinDays`: only what expires by
   * then.
   */
  async list(
    tx: EntityManager,
    filter: {
      merchantId: MerchantId;
      state?: CouponState | undefined;
      withinDays?: number | undefined;
      storefrontId?: StorefrontId;
    },
    { limit, after }: PageRequest,
  ): Promise<CouponEntity[]> {
    const query = tx
      .createQueryBuilder(CouponEntity, 'c')
      .where('c.merchantId = :merchantId', filter)
      .orderBy('c.id')
      .limit(limit + 1);
    if (filter.state !== undefined) query.andWhere('c.state = :state', filter);
    if (filter.withinDays !== undefined) query.andWhere('c.expiresAt <= NOW(6) + INTERVAL :withinDays DAY', filter);
    if (after !== null) query.andWhere('c.id > :after', { after });
    if (filter.storefrontId !== undefined)
      query.andWhere(
        'c.template NOT IN (SELECT t.name FROM coupon_template t WHERE t.storefront_id <> :storefrontId)',
        filter,
      );
    return query.getMany();
  }
}

/** What the journals of a coupon need to know of it. */
export function lockedOf({ coupon, moves }: Pick<KnownCoupon, 'coupon' | 'moves'>): LockedCoupon {
  const { id, merchantId, template, state } = coupon;
  return { id, merchantId, template, state, moves };
}

/** `template`: null where none of its name was made. `codes`: a caller that may redeem it sees the code. */
export function couponView(
  coupon: CouponEntity,
  template: CouponTemplateEntity | null,
  codes: 'whole' | 'masked',
): CouponDto {
  return {
    id: coupon.id,
    code: codes === 'whole' ? coupon.code : maskedCode(coupon.code),
    merchant: coupon.merchantId,
    template: coupon.template,
    worth: template && worthView(template),
    state: coupon.state,
    issuedAt: coupon.issuedAt.toISOString(),
    expiresAt: coupon.expiresAt?.toISOString() ?? null,
    reward: coupon.rewardId,
    orderId: coupon.orderId,
    discount: coupon.discount === null ? null : minorToWire(coupon.discount),
    reservedUntil: coupon.reservedUntil?.toISOString() ?? null,
  };
}

/** What coupons of a template take off. */
export function worthView({ currency, kind, amount, rateBps, maxAmount, minimumSpend }: CouponTemplateEntity) {
  const wire = (minor: bigint | null) => (minor === null ? null : minorToWire(minor));
  return {
    currency,
    kind,
    amount: wire(amount),
    rateBps,
    maxAmount: wire(maxAmount),
    minimumSpend: wire(minimumSpend),
  } satisfies CouponWorthDto;
}

function notFound(): DomainError<AssetErrorCode> {
  return new DomainError('coupon.not-found', 'There is no coupon of this code.');
}
