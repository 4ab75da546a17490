import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { StaffId } from '../shared/ids.js';

/** A link by which a member of staff chooses a password, once; the newest alone works. */
@Entity('staff_invitation')
@Index('uq_staff_invitation_token', ['tokenHash'], { unique: true })
@Index('ix_staff_invitation_expires_at', ['expiresAt'])
export class StaffInvitationEntity {
  @PrimaryColumn({ name: 'staff_id', type: 'varchar', length: 40 })
  staffId!: StaffId;

  /** SHA-256 of the token, in hex. */
  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash!: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  @Column({ name: 'expires_at', type: 'datetime', precision: 6 })
  expiresAt!: Date;
}
