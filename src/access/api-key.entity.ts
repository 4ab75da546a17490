import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ApiKeyId, StorefrontId } from '../shared/ids.js';

@Entity('api_key')
@Index('uq_api_key_hash', ['hash'], { unique: true })
@Index('ix_api_key_storefront', ['storefrontId'])
@Index('ix_api_key_updated_at', ['updatedAt'])
export class ApiKeyEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: ApiKeyId;

  @Column({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: StorefrontId;

  @Column({ type: 'varchar', length: 16 })
  kind!: 'secret' | 'publishable';

  /** SHA-256 of the key, in hex; the key itself is random enough that it needs no salt. */
  @Column({ type: 'varchar', length: 64 })
  hash!: string;

  /** What a person tells it from others by. */
  @Column({ name: 'last_four', type: 'varchar', length: 4 })
  lastFour!: string;

  /** To the minute, or so. */
  @Column({ name: 'last_used_at', type: 'datetime', precision: 6, nullable: true })
  lastUsedAt!: Date | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  /** Set when the key is rotated or revoked. */
  @Column({ name: 'expires_at', type: 'datetime', precision: 6, nullable: true })
  expiresAt!: Date | null;

  @Column({ name: 'updated_at', type: 'datetime', precision: 6 })
  updatedAt!: Date;
}
