import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NeverDeleted } from '../../../core/table-rights.js';
import { minorColumn } from '../../../core/columns.js';
import type { AdjustmentState } from './adjustment.js';
import type { AdjustmentId, JournalId, MerchantId, StaffId } from '../../../shared/ids.js';

/** A correction by hand; money moves when a second person approves it. */
@NeverDeleted()
@Entity('adjustment')
@Index('ix_adjustment_merchant', ['merchantId', 'id'])
@Index('ix_adjustment_state', ['state', 'id'])
export class AdjustmentEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: AdjustmentId;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  @Column({ type: 'varchar', length: 64 })
  asset!: string;

  @Column({ type: 'bigint', transformer: minorColumn })
  amount!: bigint;

  @Column({ type: 'varchar', length: 500 })
  reason!: string;

  @Column({ type: 'varchar', length: 20 })
  state!: AdjustmentState;

  @Column({ name: 'made_by', type: 'varchar', length: 40 })
  madeBy!: StaffId;

  @Column({ name: 'made_at', type: 'datetime', precision: 6 })
  madeAt!: Date;

  @Column({ name: 'decided_by', type: 'varchar', length: 40, nullable: true })
  decidedBy!: StaffId | null;

  @Column({ name: 'decided_at', type: 'datetime', precision: 6, nullable: true })
  decidedAt!: Date | null;

  @Column({ name: 'journal_id', type: 'varchar', length: 40, nullable: true })
  journalId!: JournalId | null;
}
