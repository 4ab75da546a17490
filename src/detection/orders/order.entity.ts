import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NeverDeleted } from '../../core/table-rights.js';
import { jsonColumn, minorColumn } from '../../core/columns.js';
import type { MerchantState } from '../../database/index.js';
import type { OrderLine } from '../../pricing/index.js';
import type { Attribution } from '../visits/index.js';
import { linesColumn } from './order-json.js';
import type { OrderState } from './order-state.js';
import type { MerchantId, OrderPk, QuoteId, StorefrontId, VisitId } from '../../shared/ids.js';

/** An order as the storefront told it. The lines and the attribution are a snapshot, in JSON. */
@NeverDeleted()
@Entity('shop_order')
@Index('uq_shop_order_order_id', ['storefrontId', 'orderId'], { unique: true })
@Index('ix_shop_order_completed', ['completedAt', 'id'])
@Index('ix_shop_order_storefront', ['storefrontId', 'placedAt', 'id'])
@Index('ix_shop_order_state', ['storefrontId', 'state', 'placedAt', 'id'])
@Index('ix_shop_order_changed', ['changedAt'])
@Index('ix_shop_order_merchant', ['merchantId', 'placedAt', 'id'])
export class OrderEntity {
  /** ord_…, ours. */
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: OrderPk;

  @Column({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: StorefrontId;

  /** The storefront's own id. */
  @Column({ name: 'order_id', type: 'varchar', length: 64 })
  orderId!: string;

  @Column({ type: 'varchar', length: 16 })
  state!: OrderState;

  /** Hash of the request that made its latest revision. */
  @Column({ name: 'content_hash', type: 'varchar', length: 64 })
  contentHash!: string;

  /** The placing is 1, each edit one more. What is told here of the content is the latest; earlier ones are in `order_revision`. */
  @Column({ type: 'int', default: 1 })
  revision!: number;

  @Column({ type: 'varchar', length: 3 })
  currency!: string;

  @Column({ name: 'order_lines', type: 'mediumtext', transformer: linesColumn })
  lines!: readonly OrderLine[];

  @Column({ name: 'lines_total', type: 'bigint', transformer: minorColumn })
  linesTotal!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  shipping!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  tax!: bigint;

  @Column({ name: 'shopper_ref', type: 'varchar', length: 128, nullable: true })
  shopperRef!: string | null;

  @Column({ name: 'visit_id', type: 'varchar', length: 40, nullable: true })
  visitId!: VisitId | null;

  @Column({ name: 'quote_id', type: 'varchar', length: 40, nullable: true })
  quoteId!: QuoteId | null;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40, nullable: true })
  merchantId!: MerchantId | null;

  @Column({ type: 'mediumtext', transformer: jsonColumn, nullable: true })
  attribution!: Attribution | null;

  @Column({ name: 'placed_at', type: 'datetime', precision: 6 })
  placedAt!: Date;

  @Column({ name: 'created_at', type: 'datetime', precision: 6, default: () => 'CURRENT_TIMESTAMP(6)' })
  createdAt!: Date;

  /** All that was paid, with shipping and tax; null before completion. */
  @Column({ name: 'amount_paid', type: 'bigint', transformer: minorColumn, nullable: true })
  amountPaid!: bigint | null;

  @Column({ name: 'completed_at', type: 'datetime', precision: 6, nullable: true })
  completedAt!: Date | null;

  /** Hash of the request that completed it. */
  @Column({ name: 'completion_hash', type: 'varchar', length: 64, nullable: true })
  completionHash!: string | null;

  /** The attributed merchant when the purchase was completed, as the two columns after it. */
  @Column({ name: 'merchant_state', type: 'varchar', length: 16, nullable: true })
  merchantState!: MerchantState | null;

  @Column({ name: 'merchant_group', type: 'varchar', length: 128, nullable: true })
  merchantGroup!: string | null;

  @Column({ name: 'merchant_wechat_id', type: 'varchar', length: 64, nullable: true })
  merchantWechatId!: string | null;

  @Column({ name: 'cancelled_at', type: 'datetime', precision: 6, nullable: true })
  cancelledAt!: Date | null;

  /** When the database last wrote the row: what is counted by day is counted anew from what changed. */
  @Column({
    name: 'changed_at',
    type: 'datetime',
    precision: 6,
    default: () => 'CURRENT_TIMESTAMP(6)',
    onUpdate: 'CURRENT_TIMESTAMP(6)',
  })
  changedAt!: Date;
}
