import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NeverDeleted } from '../../../core/table-rights.js';
import { minorColumn } from '../../../core/columns.js';
import type { HoldCause, HoldSource, HoldState } from './hold-state.js';
import type { HoldId, MerchantId, PayoutId, RewardId, StaffId } from '../../../shared/ids.js';

/**
 * Money of a merchant's that is on hold pending review: the sub-ledger of every merchant's `held`. Always amount =
 * remaining + refunded + settled.
 */
@NeverDeleted()
@Entity('hold')
@Index('uq_hold_payout', ['payoutId'], { unique: true })
@Index('ix_hold_reward', ['rewardId'])
@Index('ix_hold_merchant', ['merchantId', 'state', 'id'])
@Index('ix_hold_state', ['state', 'id'])
export class HoldEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: HoldId;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  @Column({ type: 'varchar', length: 64 })
  asset!: string;

  @Column({ type: 'bigint', transformer: minorColumn })
  amount!: bigint;

  /** Still on hold. */
  @Column({ type: 'bigint', transformer: minorColumn })
  remaining!: bigint;

  /** Taken back by refunds of the reward meanwhile. */
  @Column({ type: 'bigint', transformer: minorColumn })
  refunded!: bigint;

  /** Released or voided, as `state` says. */
  @Column({ type: 'bigint', transformer: minorColumn })
  settled!: bigint;

  @Column({ type: 'varchar', length: 16 })
  source!: HoldSource;

  @Column({ type: 'varchar', length: 20 })
  cause!: HoldCause;

  @Column({ name: 'reward_id', type: 'varchar', length: 40, nullable: true })
  rewardId!: RewardId | null;

  @Column({ name: 'payout_id', type: 'varchar', length: 40, nullable: true })
  payoutId!: PayoutId | null;

  @Column({ type: 'varchar', length: 500 })
  reason!: string;

  /** The member of staff; null when the program put it on hold by a rule. */
  @Column({ name: 'held_by', type: 'varchar', length: 40, nullable: true })
  heldBy!: StaffId | null;

  @Column({ name: 'held_at', type: 'datetime', precision: 6 })
  heldAt!: Date;

  @Column({ type: 'varchar', length: 16 })
  state!: HoldState;

  @Column({ name: 'decided_by', type: 'varchar', length: 40, nullable: true })
  decidedBy!: StaffId | null;

  @Column({ name: 'decided_at', type: 'datetime', precision: 6, nullable: true })
  decidedAt!: Date | null;

  @Column({ name: 'decision_reason', type: 'varchar', length: 500, nullable: true })
  decisionReason!: string | null;
}

export const holdEntities = [HoldEntity];
