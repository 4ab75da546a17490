import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SessionId, StaffId } from '../shared/ids.js';

@Entity('staff_session')
@Index('uq_staff_session_token', ['tokenHash'], { unique: true })
@Index('ix_staff_session_staff', ['staffId'])
@Index('ix_staff_session_expires_at', ['expiresAt'])
export class StaffSessionEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: SessionId;

  @Column({ name: 'staff_id', type: 'varchar', length: 40 })
  staffId!: StaffId;

  /** SHA-256 of the token, in hex. */
  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash!: string;

  /** What the browser calls itself. */
  @Column({ name: 'user_agent', type: 'varchar', length: 255, nullable: true })
  userAgent!: string | null;

  /** Network address. */
  @Column({ type: 'varchar', length: 45, nullable: true })
  address!: string | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  /** When a person last did something with it, to a minute. */
  @Column({ name: 'last_used_at', type: 'datetime', precision: 6 })
  lastUsedAt!: Date;

  @Column({ name: 'expires_at', type: 'datetime', precision: 6 })
  expiresAt!: Date;
}
