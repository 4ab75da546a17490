import type { ActorId } from '../callers/actor.js';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ApplicationId, BankAccountId, MerchantId } from '../../shared/ids.js';

/** `pending` waits for a review, `current` is in force, the others are history. */
export type BankAccountState = 'pending' | 'current' | 'replaced' | 'rejected';

/** The application until it is approved, then the merchant. */
export type OwnerId = ApplicationId | MerchantId;

/** A bank account as given with an application or a change. Rows are kept for good; the number is sealed. */
@Entity('bank_account')
@Index('bank_account_current', ['currentOwnerId'], { unique: true })
@Index('bank_account_pending', ['pendingOwnerId'], { unique: true })
@Index('bank_account_owner', ['ownerId', 'id'])
@Index('bank_account_number', ['numberHash'])
@Index('bank_account_key', ['keyId'])
export class BankAccountEntity {
  @PrimaryColumn('varchar', { length: 40 })
  id!: BankAccountId;

  @Column('varchar', { name: 'owner_id', length: 40 })
  ownerId!: OwnerId;

  @Column('varchar', { length: 16 })
  state!: BankAccountState;

  /** The owner while this account is in force: a unique key, so that at most one is. */
  @Column('varchar', { name: 'current_owner_id', length: 40, nullable: true })
  currentOwnerId!: MerchantId | null;

  /** The owner while this account waits for its review: at most one does. */
  @Column('varchar', { name: 'pending_owner_id', length: 40, nullable: true })
  pendingOwnerId!: OwnerId | null;

  @Column('varchar', { length: 70 })
  holder!: string;

  /** The holder in Latin letters, as they write it; null: not given. */
  @Column('varchar', { name: 'holder_latin', length: 70, nullable: true })
  holderLatin!: string | null;

  /** The holder's town, in Latin letters; null: not given. */
  @Column('varchar', { length: 35, nullable: true })
  town!: string | null;

  /** Data key that sealed the number. */
  @Column('varchar', { name: 'key_id', length: 16 })
  keyId!: string;

  @Column('varchar', { name: 'sealed_number', length: 160 })
  sealedNumber!: string;

  @Column('varchar', { name: 'number_hash', length: 64 })
  numberHash!: string;

  @Column('varchar', { name: 'last_four', length: 4 })
  lastFour!: string;

  @Column('varchar', { name: 'bank_name', length: 70, nullable: true })
  bankName!: string | null;

  @Column('varchar', { length: 11, nullable: true })
  bic!: string | null;

  @Column('varchar', { length: 2 })
  country!: string;

  /** Staff id, or that of the merchant or application whose account it is. */
  @Column('varchar', { name: 'filed_by', length: 40 })
  filedBy!: ActorId;

  @Column('datetime', { name: 'filed_at', precision: 6 })
  filedAt!: Date;

  @Column('varchar', { name: 'decided_by', length: 40, nullable: true })
  decidedBy!: ActorId | null;

  @Column('datetime', { name: 'decided_at', precision: 6, nullable: true })
  decidedAt!: Date | null;

  @Column('varchar', { name: 'reject_reason', length: 500, nullable: true })
  rejectReason!: string | null;
}
