import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MerchantState } from './merchant.js';

/** An approved merchant. */
@Entity('merchant')
@Index('merchant_application', ['applicationId'], { unique: true })
@Index('merchant_code', ['code'], { unique: true })
@Index('merchant_wechat', ['wechatKey'], { unique: true })
@Index('merchant_state', ['state', 'id'])
@Index('merchant_updated', ['updatedAt'])
export class MerchantEntity {
  @PrimaryColumn('varchar', { length: 40 })
  id!: string;

  @Column('varchar', { name: 'application_id', length: 40 })
  applicationId!: string;

  @Column('varchar', { length: 8 })
  code!: string;

  /** As the merchant wrote it. */
  @Column('varchar', { name: 'wechat_id', length: 20 })
  wechatId!: string;

  /** In lower case: what is compared. */
  @Column('varchar', { name: 'wechat_key', length: 20 })
  wechatKey!: string;

  @Column('varchar', { name: 'display_name', length: 60 })
  displayName!: string;

  @Column('varchar', { length: 32, nullable: true })
  phone!: string | null;

  @Column('varchar', { length: 254, nullable: true })
  email!: string | null;

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
