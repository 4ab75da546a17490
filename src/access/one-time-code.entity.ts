import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The latest code that was sent for one purpose to one person. */
@Entity('one_time_code')
@Index('ix_one_time_code_expires_at', ['expiresAt'])
export class OneTimeCodeEntity {
  /** Keyed hash of purpose and person, in hex. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  /** Keyed hash of the code, in hex: there are too few codes for a plain one. */
  @Column({ name: 'code_hash', type: 'varchar', length: 64 })
  codeHash!: string;

  @Column({ name: 'wrong_tries', type: 'int' })
  wrongTries!: number;

  @Column({ name: 'expires_at', type: 'datetime', precision: 6 })
  expiresAt!: Date;
}
