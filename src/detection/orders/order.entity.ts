import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { minorColumn } from '../../core/columns.js';

/** An order as the storefront told it. The lines and the attribution are a snapshot, in JSON. */
@Entity('shop_order')
@Index('uq_shop_order_order_id', ['storefrontId', 'orderId'], { unique: true })
@Index('ix_shop_order_completed', ['completedAt', 'id'])
export class OrderEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: string;

  @Column({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: string;

  @Column({ name: 'order_id', type: 'varchar', length: 64 })
  orderId!: string;

  @Column({ type: 'varchar', length: 16 })
  state!: string;

  @Column({ name: 'content_hash', type: 'varchar', length: 64 })
  contentHash!: string;

  /** Of the latest revision, like all that is told here of the content; earlier ones are in `order_revision`. */
  @Column({ type: 'int', default: 1 })
  revision!: number;

  @Column({ type: 'varchar', length: 3 })
  currency!: string;

  @Column({ name: 'order_lines', type: 'mediumtext' })
  orderLines!: string;

  @Column({ name: 'lines_total', type: 'bigint', transformer: minorColumn })
  linesTotal!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  shipping!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  tax!: bigint;

  @Column({ name: 'shopper_ref', type: 'varchar', length: 128, nullable: true })
  shopperRef!: string | null;

  @Column({ name: 'visit_id', type: 'varchar', length: 40, nullable: true })
  visitId!: string | null;

  @Column({ name: 'quote_id', type: 'varchar', length: 40, nullable: true })
  quoteId!: string | null;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40, nullable: true })
  merchantId!: string | null;

  @Column({ type: 'mediumtext', nullable: true })
  attribution!: string | null;

  @Column({ name: 'placed_at', type: 'datetime', precision: 6 })
  placedAt!: Date;

  @Column({ name: 'created_at', type: 'datetime', precision: 6, default: () => 'CURRENT_TIMESTAMP(6)' })
  createdAt!: Date;

  @Column({ name: 'amount_paid', type: 'bigint', transformer: minorColumn, nullable: true })
  amountPaid!: bigint | null;

  @Column({ name: 'completed_at', type: 'datetime', precision: 6, nullable: true })
  completedAt!: Date | null;

  @Column({ name: 'completion_hash', type: 'varchar', length: 64, nullable: true })
  completionHash!: string | null;

  @Column({ name: 'merchant_state', type: 'varchar', length: 16, nullable: true })
  merchantState!: string | null;

  @Column({ name: 'merchant_group', type: 'varchar', length: 128, nullable: true })
  merchantGroup!: string | null;

  @Column({ name: 'merchant_wechat_id', type: 'varchar', length: 64, nullable: true })
  merchantWechatId!: string | null;

  @Column({ name: 'cancelled_at', type: 'datetime', precision: 6, nullable: true })
  cancelledAt!: Date | null;
}
