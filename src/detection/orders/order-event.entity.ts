import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NeverDeleted } from '../../core/table-rights.js';
import type { JournalId, OrderEventId, OrderPk, RefundPk } from '../../shared/ids.js';

/** `dismissed`: two people said that it is never posted. */
export type OrderEventState = 'waiting' | 'posted' | 'kept' | 'parked' | 'dismissed';

/** A fact about an order that the money must follow, and what became of it. */
@NeverDeleted()
@Entity('order_event')
@Index('uq_order_event_natural', ['orderPk', 'type', 'refundPk'], { unique: true })
@Index('ix_order_event_state', ['state', 'createdAt', 'id'])
export class OrderEventEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: OrderEventId;

  @Column({ name: 'order_pk', type: 'varchar', length: 40 })
  orderPk!: OrderPk;

  @Column({ type: 'varchar', length: 32 })
  type!: 'order.completed' | 'order.refunded';

  /** '' for a completion. */
  @Column({ name: 'refund_pk', type: 'varchar', length: 40 })
  refundPk!: RefundPk | '';

  @Column({ type: 'varchar', length: 16 })
  state!: OrderEventState;

  @Column({ type: 'varchar', length: 16, nullable: true })
  outcome!: 'journal' | 'nothing' | null;

  /** Why nothing was posted. */
  @Column({ type: 'varchar', length: 500, nullable: true })
  reason!: string | null;

  @Column({ name: 'journal_id', type: 'varchar', length: 40, nullable: true })
  journalId!: JournalId | null;

  @Column({ name: 'payload_hash', type: 'varchar', length: 64 })
  payloadHash!: string;

  @Column({ type: 'int' })
  attempts!: number;

  /** Why it is parked. */
  @Column({ type: 'varchar', length: 1000, nullable: true })
  error!: string | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 6, default: () => 'CURRENT_TIMESTAMP(6)' })
  createdAt!: Date;

  @Column({ name: 'posted_at', type: 'datetime', precision: 6, nullable: true })
  postedAt!: Date | null;

  /** req_…: the request that told of it, whose trace goes on with its posting. */
  @Column({ name: 'request_id', type: 'varchar', length: 40, nullable: true })
  requestId!: string | null;
}
