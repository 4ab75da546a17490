import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { minorColumn } from '../../core/columns.js';

/** A part of an order that the storefront gave back. */
@Entity('refund')
@Index('uq_refund_refund_id', ['storefrontId', 'refundId'], { unique: true })
@Index('ix_refund_order_pk', ['orderPk'])
export class RefundEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: string;

  @Column({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: string;

  @Column({ name: 'refund_id', type: 'varchar', length: 64 })
  refundId!: string;

  @Column({ name: 'order_pk', type: 'varchar', length: 40 })
  orderPk!: string;

  @Column({ type: 'bigint', transformer: minorColumn })
  amount!: bigint;

  @Column({ name: 'refund_lines', type: 'mediumtext', nullable: true })
  refundLines!: string | null;

  /** Of the amount, where the storefront says so. */
  @Column({ type: 'bigint', transformer: minorColumn, nullable: true })
  shipping!: bigint | null;

  /** Of the amount, where the storefront says so. */
  @Column({ type: 'bigint', transformer: minorColumn, nullable: true })
  tax!: bigint | null;

  @Column({ name: 'refunded_at', type: 'datetime', precision: 6 })
  refundedAt!: Date;

  @Column({ name: 'content_hash', type: 'varchar', length: 64 })
  contentHash!: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 6, default: () => 'CURRENT_TIMESTAMP(6)' })
  createdAt!: Date;
}
