import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AppendOnly, NeverDeleted } from '../../../core/table-rights.js';
import { jsonColumn, minorColumn } from '../../../core/columns.js';
import type { CouponState } from './coupon-state.js';
import type { CouponId, JournalId, MerchantId, RewardId, StorefrontId } from '../../../shared/ids.js';

/** What coupons of a kind are worth. Never edited, so that a coupon is worth what it was when it was earned. */
@NeverDeleted()
@Entity('coupon_template')
export class CouponTemplateEntity {
  /** As in `COUPON:<name>`. */
  @PrimaryColumn({ type: 'varchar', length: 56 })
  name!: string;

  @Column({ type: 'varchar', length: 200, nullable: true })
  title!: string | null;

  /** The only storefront; null: all. */
  @Column({ name: 'storefront_id', type: 'varchar', length: 40, nullable: true })
  storefrontId!: StorefrontId | null;

  @Column({ type: 'varchar', length: 3 })
  currency!: string;

  @Column({ type: 'varchar', length: 16 })
  kind!: 'amount-off' | 'percent-off';

  @Column({ type: 'bigint', transformer: minorColumn, nullable: true })
  amount!: bigint | null;

  @Column({ name: 'rate_bps', type: 'int', nullable: true })
  rateBps!: number | null;

  @Column({ name: 'max_amount', type: 'bigint', transformer: minorColumn, nullable: true })
  maxAmount!: bigint | null;

  @Column({ name: 'minimum_spend', type: 'bigint', transformer: minorColumn, nullable: true })
  minimumSpend!: bigint | null;

  @Column({ type: 'mediumtext', transformer: jsonColumn })
  categories!: readonly string[];

  @Column({ name: 'excluded_categories', type: 'mediumtext', transformer: jsonColumn })
  excludedCategories!: readonly string[];

  @Column({ name: 'valid_days', type: 'int', nullable: true })
  validDays!: number | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  @Column({ name: 'ended_at', type: 'datetime', precision: 6, nullable: true })
  endedAt!: Date | null;
}

/** One coupon of a merchant. Its state changes together with the journal that says so. */
@NeverDeleted()
@Entity('coupon')
@Index('uq_coupon_code', ['code'], { unique: true })
@Index('ix_coupon_merchant', ['merchantId', 'template', 'state'])
@Index('ix_coupon_expiry', ['state', 'expiresAt'])
@Index('ix_coupon_reservation', ['state', 'reservedUntil'])
@Index('ix_coupon_reward', ['rewardId'])
export class CouponEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: CouponId;

  /** What the merchant hands to the storefront; it cannot be guessed. */
  @Column({ type: 'varchar', length: 22 })
  code!: string;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  @Column({ type: 'varchar', length: 56 })
  template!: string;

  @Column({ name: 'reward_id', type: 'varchar', length: 40, nullable: true })
  rewardId!: RewardId | null;

  @Column({ type: 'varchar', length: 10 })
  state!: CouponState;

  @Column({ name: 'issued_at', type: 'datetime', precision: 6 })
  issuedAt!: Date;

  /** null: never. */
  @Column({ name: 'expires_at', type: 'datetime', precision: 6, nullable: true })
  expiresAt!: Date | null;

  /** Where it is reserved, or was redeemed. */
  @Column({ name: 'storefront_id', type: 'varchar', length: 40, nullable: true })
  storefrontId!: StorefrontId | null;

  @Column({ name: 'order_id', type: 'varchar', length: 64, nullable: true })
  orderId!: string | null;

  /** Hash of currency and lines that the discount is of. */
  @Column({ name: 'order_hash', type: 'varchar', length: 64, nullable: true })
  orderHash!: string | null;

  /** Minor units of the template's currency. */
  @Column({ type: 'bigint', transformer: minorColumn, nullable: true })
  discount!: bigint | null;

  @Column({ name: 'reserved_until', type: 'datetime', precision: 6, nullable: true })
  reservedUntil!: Date | null;
}

/** A coupon that changed its state, as a journal says. Written once, never changed. */
@AppendOnly()
@Entity('coupon_move')
@Index('ix_coupon_move_coupon', ['couponId', 'journalId'])
export class CouponMoveEntity {
  @PrimaryColumn({ name: 'journal_id', type: 'varchar', length: 40 })
  journalId!: JournalId;

  @PrimaryColumn({ name: 'coupon_id', type: 'varchar', length: 40 })
  couponId!: CouponId;

  @Column({ type: 'varchar', length: 10 })
  source!: CouponState | 'new';

  @Column({ type: 'varchar', length: 10 })
  target!: CouponState;
}

export const couponEntities = [CouponTemplateEntity, CouponEntity, CouponMoveEntity];
