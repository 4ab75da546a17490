import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MerchantId } from '../../shared/ids.js';

/** The WeChat account that a merchant signs in with, proved by them from a session of theirs; one at each account of the operator's. */
@Entity('merchant_wechat')
@Index('merchant_wechat_openid', ['appId', 'openidHash'], { unique: true })
export class MerchantWechatEntity {
  @PrimaryColumn('varchar', { name: 'merchant_id', length: 40 })
  merchantId!: MerchantId;

  /** The operator's account, at which the openid is that person's. */
  @PrimaryColumn('varchar', { name: 'app_id', length: 32 })
  appId!: string;

  /** Keyed hash of the openid. */
  @Column('varchar', { name: 'openid_hash', length: 64 })
  openidHash!: string;

  /** Of the openid: which account it is, for who has it. */
  @Column('varchar', { name: 'last_four', length: 4 })
  lastFour!: string;

  @Column('datetime', { name: 'linked_at', precision: 6 })
  linkedAt!: Date;
}
