import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorColumn } from '../../database/index.js';

/** Points or coupons that a merchant used at a storefront. */
@Entity('redemption')
export class RedemptionEntity {
  @PrimaryColumn({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: string;

  @PrimaryColumn({ name: 'redemption_id', type: 'varchar', length: 64 })
  redemptionId!: string;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: string;

  @Column({ type: 'varchar', length: 64 })
  asset!: string;

  @Column({ type: 'bigint', transformer: minorColumn })
  amount!: bigint;

  @Column({ name: 'order_id', type: 'varchar', length: 64, nullable: true })
  orderId!: string | null;

  @Column({ name: 'journal_id', type: 'varchar', length: 40 })
  journalId!: string;

  @Column({ name: 'redeemed_at', type: 'datetime', precision: 6 })
  redeemedAt!: Date;
}
