import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { flagColumn } from '../core/columns.js';
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

  /** argon2id, with its parameters and salt; null: the person has to choose one first, by their link. */
  @Column({ name: 'password_hash', type: 'varchar', length: 200, nullable: true })
  passwordHash!: string | null;

  /** Whether the person chose it; false: an admin handed it over, and knows it. */
  @Column({ name: 'own_password', type: 'tinyint', transformer: flagColumn })
  ownPassword!: boolean;

  /** Since when this has been, or was, an admin with a password of their own. */
  @Column({ name: 'admin_at', type: 'datetime', precision: 6, nullable: true })
  adminAt!: Date | null;

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
