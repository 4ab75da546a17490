import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NeverDeleted } from '../../../core/table-rights.js';
import type { RequestState } from '../batches/payout-request.entity.js';
import type { PayoutFailureStatementId, PayoutId, StaffId } from '../../../shared/ids.js';

/** One person's word, with evidence, that a payout on a rail that is called has failed; another person decides. */
@NeverDeleted()
@Entity('payout_failure_statement')
@Index('ix_payout_failure_statement_payout', ['payoutId', 'id'])
@Index('ix_payout_failure_statement_state', ['state', 'payoutId'])
export class FailureStatementEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: PayoutFailureStatementId;

  @Column({ name: 'payout_id', type: 'varchar', length: 40 })
  payoutId!: PayoutId;

  @Column({ type: 'varchar', length: 2000 })
  evidence!: string;

  @Column({ type: 'varchar', length: 400 })
  reason!: string;

  /** ISO 20022 external status reason; decides whether the money goes on hold. */
  @Column({ name: 'reason_code', type: 'varchar', length: 4 })
  reasonCode!: string;

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
