import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ApplicantColumns } from './applicant.entity.js';
import type { MerchantState } from './merchant.js';
import type { Opened } from './contact-vault.js';
import type { PageLanguage } from '../../shared/page-language.js';
import type { ApplicationId, MerchantId, StaffId } from '../../shared/ids.js';

/** An approved merchant; read as {@link Merchant}. */
@Entity('merchant')
@Index('merchant_application', ['applicationId'], { unique: true })
@Index('merchant_code', ['code'], { unique: true })
@Index('merchant_wechat', ['wechatKey'], { unique: true })
@Index('merchant_email', ['emailHash'])
@Index('merchant_phone', ['phoneHash'])
@Index('merchant_contact_key', ['contactKeyId'])
@Index('merchant_state', ['state', 'id'])
@Index('merchant_group', ['group', 'id'])
@Index('merchant_closed', ['state', 'erasedAt', 'updatedAt'])
@Index('merchant_created', ['createdAt'])
@Index('merchant_updated', ['updatedAt'])
export class MerchantEntity extends ApplicantColumns {
  @PrimaryColumn('varchar', { length: 40 })
  id!: MerchantId;

  @Column('varchar', { name: 'application_id', length: 40 })
  applicationId!: ApplicationId;

  @Column('varchar', { length: 8 })
  code!: string;

  /** In lower case: what is compared. */
  @Column('varchar', { name: 'wechat_key', length: 20 })
  wechatKey!: string;

  /** Keyed hash, by which a merchant is found who signs in; several may share one. */
  @Column('varchar', { name: 'email_hash', length: 64, nullable: true })
  emailHash!: string | null;

  @Column('varchar', { name: 'phone_hash', length: 64, nullable: true })
  phoneHash!: string | null;

  /** Who of staff gave a contact for a merchant who had none; they never approve a bank account of this merchant. Null: nobody had to. */
  @Column('varchar', { name: 'contact_given_by', length: 40, nullable: true })
  contactGivenBy!: StaffId | null;

  /** When the merchant first signed in by a contact that staff gave: from then on it is theirs alone. */
  @Column('datetime', { name: 'contact_used_at', precision: 6, nullable: true })
  contactUsedAt!: Date | null;

  /** Of messages to the merchant; null: not known. */
  @Column('varchar', { length: 8, nullable: true })
  language!: PageLanguage | null;

  @Column('varchar', { name: 'group_name', length: 64, nullable: true })
  group!: string | null;

  @Column('varchar', { length: 16 })
  state!: MerchantState;

  @Column('varchar', { name: 'state_reason', length: 500, nullable: true })
  stateReason!: string | null;

  @Column('datetime', { name: 'created_at', precision: 6 })
  createdAt!: Date;

  /** By the database's clock; directories look for what changed since. */
  @Column('datetime', { name: 'updated_at', precision: 6 })
  updatedAt!: Date;

  /** When what is personal was taken out of the row and of all that is kept of the person; null: it was not. */
  @Column('datetime', { name: 'erased_at', precision: 6, nullable: true })
  erasedAt!: Date | null;
}

/** A merchant with their contact in clear. */
export type Merchant = Opened<MerchantEntity>;
