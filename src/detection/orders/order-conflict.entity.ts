import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ApiKeyId, OrderConflictId, StorefrontId } from '../../shared/ids.js';

/** Something told again with other content: who, when, and the hashes of both (invariant 15). */
@Entity('order_event_conflict')
@Index('uq_order_event_conflict', ['storefrontId', 'orderId', 'type', 'refundId', 'otherHash'], { unique: true })
export class OrderConflictEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: OrderConflictId;

  @Column({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: StorefrontId;

  @Column({ name: 'order_id', type: 'varchar', length: 64 })
  orderId!: string;

  @Column({ type: 'varchar', length: 32 })
  type!: string;

  @Column({ name: 'refund_id', type: 'varchar', length: 64 })
  refundId!: string;

  @Column({ name: 'known_hash', type: 'varchar', length: 64 })
  knownHash!: string;

  @Column({ name: 'other_hash', type: 'varchar', length: 64 })
  otherHash!: string;

  @Column({ name: 'key_id', type: 'varchar', length: 40 })
  keyId!: ApiKeyId | '';

  @Column({ name: 'times_seen', type: 'int' })
  timesSeen!: number;

  @Column({ name: 'first_seen_at', type: 'datetime', precision: 6, default: () => 'CURRENT_TIMESTAMP(6)' })
  firstSeenAt!: Date;

  @Column({ name: 'last_seen_at', type: 'datetime', precision: 6, default: () => 'CURRENT_TIMESTAMP(6)' })
  lastSeenAt!: Date;
}
