import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { StaffId } from '../shared/ids.js';

@Entity('staff')
@Index('uq_staff_email', ['emailKey'], { unique: true })
export class StaffEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: StaffId;

  /** As it was given. */
  @Column({ type: 'varchar', length: 254 })
  email!: string;

  /** In lower case: one account for each address. */
  @Column({ name: 'email_key', type: 'varchar', length: 254 })
  emailKey!: string;

  /** argon2id, with its parameters and salt. */
  @Column({ name: 'password_hash', type: 'varchar', length: 200 })
  passwordHash!: string;

  /** Role names, comma-separated. */
  @Column({ type: 'varchar', length: 200 })
  roles!: string;

  /** Secret of the second factor, sealed; null: none. */
  @Column({ name: 'totp_secret', type: 'varchar', length: 255, nullable: true })
  totpSecret!: string | null;

  /** A secret that waits for its first code, sealed. */
  @Column({ name: 'totp_pending', type: 'varchar', length: 255, nullable: true })
  totpPending!: string | null;

  /** Time step of the last code that was taken: none is taken twice (RFC 6238, section 5.2). */
  @Column({ name: 'totp_step', type: 'int', nullable: true })
  totpStep!: number | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  @Column({ name: 'deactivated_at', type: 'datetime', precision: 6, nullable: true })
  deactivatedAt!: Date | null;
}
