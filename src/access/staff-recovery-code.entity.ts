import type { StaffId } from '../shared/ids.js';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A code that stands in for the second factor, once. */
@Entity('staff_recovery_code')
@Index('ix_staff_recovery_code_staff', ['staffId'])
export class StaffRecoveryCodeEntity {
  /** Keyed hash of staff id and code, in hex. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  hash!: string;

  @Column({ name: 'staff_id', type: 'varchar', length: 40 })
  staffId!: StaffId;
}
