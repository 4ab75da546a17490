import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ApplicantColumns } from './applicant.entity.js';
import type { MerchantState } from './merchant.js';
import type { ApplicationId, MerchantId } from '../../shared/ids.js';

/** An approved merchant. */
@Entity('merchant')
@Index('merchant_application', ['applicationId'], { unique: true })
@Index('merchant_code', ['code'], { unique: true })
@Index('merchant_wechat', ['wechatKey'], { unique: true })
@Index('merchant_state', ['state', 'id'])
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
}
