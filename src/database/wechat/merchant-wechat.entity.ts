import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MerchantId } from '../../shared/ids.js';

/** The WeChat account that a merchant signs in with, proved by them from a session of theirs. */
@Entity('merchant_wechat')
@Index('merchant_wechat_openid', ['openidHash'], { unique: true })
export class MerchantWechatEntity {
  @PrimaryColumn('varchar', { name: 'merchant_id', length: 40 })
  merchantId!: MerchantId;

  /** Keyed hash of the openid and of the operator's account that it belongs to. */
  @Column('varchar', { name: 'openid_hash', length: 64 })
  openidHash!: string;

  @Column('datetime', { name: 'linked_at', precision: 6 })
  linkedAt!: Date;
}
