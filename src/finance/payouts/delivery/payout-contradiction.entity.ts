import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NeverDeleted } from '../../../core/table-rights.js';
import type { Outcome, PayoutState } from '../payout.js';
import type { PayoutContradictionId, PayoutId, StaffId } from '../../../shared/ids.js';

/** Where a rail's word came from: its answer to a call, or its own notification. */
export const WORD_SOURCES = ['answer', 'notification'] as const;
export type WordSource = (typeof WORD_SOURCES)[number];

/** A status from a rail that contradicts the books; once for each payout and word, open until it is settled. */
@NeverDeleted()
@Entity('payout_contradiction')
@Index('uq_payout_contradiction_word', ['payoutId', 'says'], { unique: true })
@Index('ix_payout_contradiction_settled', ['settledAt', 'id'])
export class PayoutContradictionEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: PayoutContradictionId;

  @Column({ name: 'payout_id', type: 'varchar', length: 40 })
  payoutId!: PayoutId;

  /** The payout's state when the rail's status came. */
  @Column({ name: 'payout_state', type: 'varchar', length: 20 })
  payoutState!: PayoutState;

  @Column({ type: 'varchar', length: 16 })
  says!: Outcome;

  @Column({ type: 'varchar', length: 16 })
  source!: WordSource;

  @Column({ name: 'reason_code', type: 'varchar', length: 35, nullable: true })
  reasonCode!: string | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  reason!: string | null;

  @Column({ name: 'said_at', type: 'datetime', precision: 6 })
  saidAt!: Date;

  @Column({ name: 'settled_by', type: 'varchar', length: 40, nullable: true })
  settledBy!: StaffId | null;

  @Column({ name: 'settled_at', type: 'datetime', precision: 6, nullable: true })
  settledAt!: Date | null;

  @Column({ name: 'settled_reason', type: 'varchar', length: 500, nullable: true })
  settledReason!: string | null;
}
