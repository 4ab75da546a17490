import { MonthByMonth } from '../../core/table-rights.js';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn } from '../../core/columns.js';
import type { Via } from './attribution.js';
import type { CodeStatus, TokenMemory } from './visit-tokens.js';
import type { MerchantId, StorefrontId, VisitId } from '../../shared/ids.js';

/**
 * One arrival of a shopper, with what it said. Written by group commit; attribution itself travels in the token, and
 * `memory` says the same, for an order that names the visit by its id.
 */
@MonthByMonth()
@Entity('visit')
@Index('ix_visit_storefront', ['storefrontId', 'createdAt', 'id', 'merchantId', 'via'])
@Index('ix_visit_changed', ['changedAt', 'storefrontId', 'createdAt'])
@Index('ix_visit_merchant', ['merchantId', 'createdAt', 'id'])
export class VisitEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: VisitId;

  @Column({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: StorefrontId;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40, nullable: true })
  merchantId!: MerchantId | null;

  @Column({ type: 'varchar', length: 16, nullable: true })
  via!: Via | null;

  @Column({ name: 'code_status', type: 'varchar', length: 16 })
  codeStatus!: CodeStatus;

  @Column({ name: 'code_given', type: 'varchar', length: 64, nullable: true })
  codeGiven!: string | null;

  @Column({ name: 'shopper_ref', type: 'varchar', length: 128, nullable: true })
  shopperRef!: string | null;

  @Column({ name: 'referrer_url', type: 'varchar', length: 512, nullable: true })
  referrerUrl!: string | null;

  @Column({ type: 'int' })
  answers!: number;

  @Column({ name: 'answered_at', type: 'datetime', precision: 6, nullable: true })
  answeredAt!: Date | null;

  /** What the visit's latest token remembers; null on visits of before it was kept. */
  @Column({ type: 'mediumtext', transformer: jsonColumn, nullable: true })
  memory!: TokenMemory | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

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
