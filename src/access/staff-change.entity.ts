import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { StaffChangeId, StaffId } from '../shared/ids.js';
import type { StaffChangeKind, StaffChangeState } from './staff-change.js';

/** A change of an account that moves money: one admin asks, another consents. The table refuses one who does both. */
@Entity('staff_change')
@Index('ix_staff_change_staff', ['staffId', 'id'])
@Index('ix_staff_change_state', ['state', 'id'])
export class StaffChangeEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: StaffChangeId;

  @Column({ name: 'staff_id', type: 'varchar', length: 40 })
  staffId!: StaffId;

  @Column({ type: 'varchar', length: 12 })
  kind!: StaffChangeKind;

  /** What the account holds afterwards: role names, comma-separated. */
  @Column({ type: 'varchar', length: 200 })
  roles!: string;

  @Column({ type: 'varchar', length: 12 })
  state!: StaffChangeState;

  /** Null: whoever runs the servers, by a command. */
  @Column({ name: 'asked_by', type: 'varchar', length: 40, nullable: true })
  askedBy!: StaffId | null;

  @Column({ name: 'asked_at', type: 'datetime', precision: 6 })
  askedAt!: Date;

  /** Until when somebody may consent. */
  @Column({ name: 'expires_at', type: 'datetime', precision: 6 })
  expiresAt!: Date;

  @Column({ name: 'decided_by', type: 'varchar', length: 40, nullable: true })
  decidedBy!: StaffId | null;

  @Column({ name: 'decided_at', type: 'datetime', precision: 6, nullable: true })
  decidedAt!: Date | null;
}
