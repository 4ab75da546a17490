import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MerchantId, StaffId } from '../../../shared/ids.js';

/** The WeChat wallet of a merchant, as a reviewer recorded it. */
@Entity('wechat_payee')
@Index('ix_wechat_payee_key', ['keyId'])
export class WechatPayeeEntity {
  @PrimaryColumn({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  /** The payee's name as WeChat Pay knows them. */
  @Column({ type: 'varchar', length: 70 })
  holder!: string;

  @Column({ name: 'key_id', type: 'varchar', length: 16 })
  keyId!: string;

  @Column({ name: 'sealed_openid', type: 'varchar', length: 160 })
  sealedOpenid!: string;

  @Column({ name: 'openid_hash', type: 'varchar', length: 64 })
  openidHash!: string;

  @Column({ name: 'last_four', type: 'varchar', length: 4 })
  lastFour!: string;

  @Column({ name: 'recorded_by', type: 'varchar', length: 40 })
  recordedBy!: StaffId;

  @Column({ name: 'recorded_at', type: 'datetime', precision: 6 })
  recordedAt!: Date;
}
