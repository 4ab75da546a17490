import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AppendOnly } from '../../core/table-rights.js';
import type { AccountRef } from './account.js';
import type { CauseId } from './journal.js';
import { minorColumn } from '../../core/columns.js';
import type { JournalId, PayoutId, RewardId } from '../../shared/ids.js';

/** One business event's effect. Written once, never changed. */
@AppendOnly()
@Entity('journal')
@Index('uq_journal_business_key', ['businessKey'], { unique: true })
@Index('ix_journal_posted_at', ['postedAt'])
@Index('ix_journal_kind', ['kind', 'postedAt'])
@Index('ix_journal_occurred_at', ['occurredAt'])
@Index('ix_journal_cause', ['causeId'])
export class JournalEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: JournalId;

  @Column({ name: 'business_key', type: 'varchar', length: 120 })
  businessKey!: string;

  @Column({ type: 'varchar', length: 32 })
  kind!: string;

  @Column({ type: 'varchar', length: 500 })
  description!: string;

  @Column({ name: 'cause_type', type: 'varchar', length: 32 })
  causeType!: string;

  @Column({ name: 'cause_id', type: 'varchar', length: 40 })
  causeId!: CauseId;

  @Column({ name: 'occurred_at', type: 'datetime', precision: 6 })
  occurredAt!: Date;

  @Column({ name: 'posted_at', type: 'datetime', precision: 6, default: () => 'CURRENT_TIMESTAMP(6)' })
  postedAt!: Date;
}

/** One movement on one account. Written once, never changed. */
@AppendOnly()
@Entity('entry')
@Index('uq_entry_seq', ['owner', 'asset', 'seq'], { unique: true })
@Index('ix_entry_account', ['owner', 'asset', 'account', 'seq'])
@Index('ix_entry_statement', ['owner', 'journalId', 'line'])
@Index('ix_entry_reward', ['rewardId'])
@Index('ix_entry_payout', ['payoutId'])
export class EntryEntity {
  @PrimaryColumn({ name: 'journal_id', type: 'varchar', length: 40 })
  journalId!: JournalId;

  @PrimaryColumn({ type: 'smallint', unsigned: true })
  line!: number;

  /** A merchant's id, or the operator's side: see account.ts. */
  @Column({ type: 'varchar', length: 40 })
  owner!: AccountRef['owner'];

  @Column({ type: 'varchar', length: 64 })
  asset!: string;

  @Column({ type: 'varchar', length: 16 })
  account!: string;

  /** Minor units, points or coupons; credit positive. */
  @Column({ type: 'bigint', transformer: minorColumn })
  amount!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn, nullable: true })
  seq!: bigint | null;

  @Column({ name: 'balance_after', type: 'bigint', transformer: minorColumn, nullable: true })
  balanceAfter!: bigint | null;

  @Column({ name: 'reward_id', type: 'varchar', length: 40, nullable: true })
  rewardId!: RewardId | null;

  @Column({ name: 'payout_id', type: 'varchar', length: 40, nullable: true })
  payoutId!: PayoutId | null;
}
