import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('idempotency_key')
@Index('ix_idempotency_key_expires_at', ['expiresAt'])
export class IdempotencyKeyEntity {
  /** SHA-256 of principal, method, path and key, in hex. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  /** Keyed hash of query and body: bodies may hold passwords, so a plain hash would not do. */
  @Column({ name: 'request_hash', type: 'varchar', length: 64 })
  requestHash!: string;

  /** Whose turn it is to answer. */
  @Column({ name: 'lock_token', type: 'varchar', length: 64 })
  lockToken!: string;

  @Column({ name: 'locked_at', type: 'datetime', precision: 6 })
  lockedAt!: Date;

  @Column({ name: 'expires_at', type: 'datetime', precision: 6 })
  expiresAt!: Date;

  /** When a transaction of the request was committed, which is noted in that transaction; null: none was yet. */
  @Column({ name: 'effect_at', type: 'datetime', precision: 6, nullable: true })
  effectAt!: Date | null;

  /** The encrypted answer; null while the first request is still running, or when it ended without one. */
  @Column({ type: 'mediumtext', nullable: true })
  answer!: string | null;
}
