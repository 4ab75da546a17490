import type { MerchantId, MessageId } from '../shared/ids.js';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How a person is reached. */
export const CHANNELS = ['email', 'phone'] as const;
export type Channel = (typeof CHANNELS)[number];

/** `nobody`: there is no one of whom it could be meant, and no one may tell that from outside. */
export type MessageState = 'waiting' | 'sent' | 'failed' | 'nobody';

/** A message to a person, written in the transaction of what it tells of; a worker sends it. */
@Entity('outgoing_message')
@Index('ix_outgoing_message_due', ['state', 'nextTryAt'])
@Index('ix_outgoing_message_merchant', ['merchantId'])
@Index('ix_outgoing_message_created_at', ['createdAt'])
export class OutgoingMessageEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: MessageId;

  /** What it tells of. */
  @Column({ type: 'varchar', length: 32 })
  kind!: string;

  @Column({ type: 'varchar', length: 8 })
  channel!: Channel;

  @Column({ type: 'varchar', length: 8 })
  state!: MessageState;

  /** Addressee and words, sealed; null once it was sent or given up, so that no code stays. */
  @Column({ type: 'mediumtext', nullable: true })
  content!: string | null;

  /** To whom it goes; null: to nobody, or to somebody who has no number here. */
  @Column({ name: 'merchant_id', type: 'varchar', length: 40, nullable: true })
  merchantId!: MerchantId | null;

  @Column({ type: 'int' })
  attempts!: number;

  /** When it is tried next, by the database's clock. */
  @Column({ name: 'next_try_at', type: 'datetime', precision: 6 })
  nextTryAt!: Date;

  /** After this moment it is of no use to anybody. */
  @Column({ name: 'expires_at', type: 'datetime', precision: 6 })
  expiresAt!: Date;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  @Column({ name: 'sent_at', type: 'datetime', precision: 6, nullable: true })
  sentAt!: Date | null;
}
