import type { SessionId, MerchantId } from '../shared/ids.js';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How a merchant signed in: by a code sent to them, by the token of their application, or by WeChat. */
export const SIGN_IN_WAYS = ['code', 'application', 'wechat'] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];

@Entity('merchant_session')
@Index('uq_merchant_session_token', ['tokenHash'], { unique: true })
@Index('ix_merchant_session_merchant', ['merchantId'])
@Index('ix_merchant_session_expires_at', ['expiresAt'])
export class MerchantSessionEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: SessionId;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  /** SHA-256 of the token, in hex. */
  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash!: string;

  @Column({ type: 'varchar', length: 12 })
  way!: SignInWay;

  /** What the browser calls itself. */
  @Column({ name: 'user_agent', type: 'varchar', length: 255, nullable: true })
  userAgent!: string | null;

  /** Network address. */
  @Column({ type: 'varchar', length: 45, nullable: true })
  address!: string | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  /** When a code that was sent to the merchant was last given in this session. */
  @Column({ name: 'confirmed_at', type: 'datetime', precision: 6, nullable: true })
  confirmedAt!: Date | null;

  @Column({ name: 'expires_at', type: 'datetime', precision: 6 })
  expiresAt!: Date;
}
