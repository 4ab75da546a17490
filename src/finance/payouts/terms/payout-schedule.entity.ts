import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AppendOnly } from '../../../core/table-rights.js';
import { minorColumn } from '../../../core/columns.js';
import type { FileFormat, RailName } from '../rails/payout-rail.js';
import type { PayoutBatchId, PayoutScheduleId, StaffId } from '../../../shared/ids.js';

/** Batches that are drafted automatically when a calendar says so. */
@Entity('payout_schedule')
@Index('ix_payout_schedule_due', ['state', 'nextDueAt'])
export class PayoutScheduleEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: PayoutScheduleId;

  @Column({ type: 'varchar', length: 3 })
  currency!: string;

  @Column({ type: 'varchar', length: 16 })
  rail!: RailName;

  @Column({ name: 'file_format', type: 'varchar', length: 20, nullable: true })
  fileFormat!: FileFormat | null;

  @Column({ name: 'min_amount', type: 'bigint', nullable: true, transformer: minorColumn })
  minAmount!: bigint | null;

  /** PayoutCalendar as JSON. */
  @Column({ type: 'mediumtext' })
  calendar!: string;

  @Column({ type: 'varchar', length: 8 })
  state!: 'active' | 'ended';

  /** Null: its holidays leave no date. */
  @Column({ name: 'next_due_at', type: 'datetime', precision: 6, nullable: true })
  nextDueAt!: Date | null;

  /** Why the draft that is due cannot be made; it is tried again with every sweep. */
  @Column({ type: 'varchar', length: 500, nullable: true })
  problem!: string | null;

  @Column({ name: 'changed_by', type: 'varchar', length: 40 })
  changedBy!: StaffId;

  @Column({ name: 'changed_at', type: 'datetime', precision: 6 })
  changedAt!: Date;
}

/** A due date that was dealt with, once; one row for each of its batches. */
@AppendOnly()
@Entity('payout_schedule_run')
@Index('uq_payout_schedule_run_batch', ['batchId'], { unique: true })
export class PayoutScheduleRunEntity {
  @PrimaryColumn({ name: 'schedule_id', type: 'varchar', length: 40 })
  scheduleId!: PayoutScheduleId;

  /** Local calendar day, YYYY-MM-DD. */
  @PrimaryColumn({ name: 'due_on', type: 'varchar', length: 10 })
  dueOn!: string;

  /** 1, 2, 3 …: a due date with more merchants than one batch carries has several. */
  @PrimaryColumn({ type: 'smallint', unsigned: true, default: 1 })
  number!: number;

  @Column({ name: 'due_at', type: 'datetime', precision: 6 })
  dueAt!: Date;

  @Column({ name: 'drafted_at', type: 'datetime', precision: 6 })
  draftedAt!: Date;

  /** Due dates before it that were missed; this one stands for them. */
  @Column({ type: 'int', unsigned: true })
  missed!: number;

  /** Null: no merchant was to be paid. */
  @Column({ name: 'batch_id', type: 'varchar', length: 40, nullable: true })
  batchId!: PayoutBatchId | null;
}
