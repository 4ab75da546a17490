import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AppendOnly } from '../../core/table-rights.js';
import { minorColumn } from '../../core/columns.js';
import { refundLinesColumn, type RefundLine } from './order-json.js';
import type { OrderPk, RefundPk, StorefrontId } from '../../shared/ids.js';

/** A part of an order that the storefront gave back. */
@AppendOnly()
@Entity('refund')
@Index('uq_refund_refund_id', ['storefrontId', 'refundId'], { unique: true })
@Index('ix_refund_order_pk', ['orderPk'])
@Index('ix_refund_created', ['createdAt'])
@Index('ix_refund_refunded', ['storefrontId', 'refundedAt'])
export class RefundEntity {
  /** rfd_…, ours. */
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: RefundPk;

  @Column({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: StorefrontId;

  /** The storefront's own id. */
  @Column({ name: 'refund_id', type: 'varchar', length: 64 })
  refundId!: string;

  @Column({ name: 'order_pk', type: 'varchar', length: 40 })
  orderPk!: OrderPk;

  /** All that was given back, minor units. */
  @Column({ type: 'bigint', transformer: minorColumn })
  amount!: bigint;

  /** null: the storefront names none. */
  @Column({ name: 'refund_lines', type: 'mediumtext', transformer: refundLinesColumn, nullable: true })
  lines!: readonly RefundLine[] | null;

  /** What of the amount is shipping; null: the storefront does not say. */
  @Column({ type: 'bigint', transformer: minorColumn, nullable: true })
  shipping!: bigint | null;

  /** What of the amount is tax; null: the storefront does not say. */
  @Column({ type: 'bigint', transformer: minorColumn, nullable: true })
  tax!: bigint | null;

  @Column({ name: 'refunded_at', type: 'datetime', precision: 6 })
  refundedAt!: Date;

  @Column({ name: 'content_hash', type: 'varchar', length: 64 })
  contentHash!: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 6, default: () => 'CURRENT_TIMESTAMP(6)' })
  createdAt!: Date;
}
