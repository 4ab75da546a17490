import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NeverDeleted } from '../../../core/table-rights.js';
import type { PayoutBatchId, PayoutBatchRequestId, StaffId } from '../../../shared/ids.js';

/** What a maker may ask for a batch whose file the bank has not taken. */
export const REQUEST_KINDS = ['withdrawal', 'new-file'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export const REQUEST_STATES = ['awaiting-approval', 'approved', 'rejected'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** What one person asked for a submitted batch, and another decided; one at a time. */
@NeverDeleted()
@Entity('payout_batch_request')
@Index('ix_payout_batch_request_batch', ['batchId', 'id'])
@Index('ix_payout_batch_request_state', ['state', 'id'])
export class PayoutRequestEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: PayoutBatchRequestId;

  @Column({ name: 'batch_id', type: 'varchar', length: 40 })
  batchId!: PayoutBatchId;

  @Column({ type: 'varchar', length: 16 })
  kind!: RequestKind;

  @Column({ type: 'varchar', length: 500 })
  reason!: string;

  /** Of a new file, YYYY-MM-DD. */
  @Column({ name: 'execution_date', type: 'varchar', length: 10, nullable: true })
  executionDate!: string | null;

  @Column({ type: 'varchar', length: 20 })
  state!: RequestState;

  @Column({ name: 'made_by', type: 'varchar', length: 40 })
  madeBy!: StaffId;

  @Column({ name: 'made_at', type: 'datetime', precision: 6 })
  madeAt!: Date;

  @Column({ name: 'decided_by', type: 'varchar', length: 40, nullable: true })
  decidedBy!: StaffId | null;

  @Column({ name: 'decided_at', type: 'datetime', precision: 6, nullable: true })
  decidedAt!: Date | null;

  /** Why it was rejected. */
  @Column({ name: 'decision_reason', type: 'varchar', length: 500, nullable: true })
  decisionReason!: string | null;
}
