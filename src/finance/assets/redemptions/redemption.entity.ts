import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AppendOnly, NeverDeleted } from '../../../core/table-rights.js';
import { minorColumn } from '../../../core/columns.js';
import type { JournalId, MerchantId, RedemptionPk, StorefrontId } from '../../../shared/ids.js';

/** Points or coupons that a merchant redeemed at a storefront. */
@NeverDeleted()
@Entity('redemption')
@Index('uq_redemption_id', ['id'], { unique: true })
@Index('ix_redemption_journal', ['journalId'])
export class RedemptionEntity {
  @PrimaryColumn({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: StorefrontId;

  /** The storefront's own. */
  @PrimaryColumn({ name: 'redemption_id', type: 'varchar', length: 64 })
  redemptionId!: string;

  /** Ours: the cause of its journals. */
  @Column({ type: 'varchar', length: 40 })
  id!: RedemptionPk;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  @Column({ type: 'varchar', length: 64 })
  asset!: string;

  @Column({ type: 'bigint', transformer: minorColumn })
  amount!: bigint;

  /** Sum of its reversals. */
  @Column({ type: 'bigint', transformer: minorColumn, default: 0 })
  reversed!: bigint;

  @Column({ name: 'order_id', type: 'varchar', length: 64, nullable: true })
  orderId!: string | null;

  @Column({ name: 'journal_id', type: 'varchar', length: 40 })
  journalId!: JournalId;

  @Column({ name: 'redeemed_at', type: 'datetime', precision: 6 })
  redeemedAt!: Date;
}

/** All or a part of a redemption that was given back. */
@AppendOnly()
@Entity('redemption_reversal')
@Index('ix_redemption_reversal_journal', ['journalId'])
export class RedemptionReversalEntity {
  @PrimaryColumn({ name: 'redemption_pk', type: 'varchar', length: 40 })
  redemptionPk!: RedemptionPk;

  /** The storefront's own; the redemption's when it named none. */
  @PrimaryColumn({ name: 'reversal_id', type: 'varchar', length: 64 })
  reversalId!: string;

  @Column({ type: 'bigint', transformer: minorColumn })
  amount!: bigint;

  @Column({ type: 'varchar', length: 500 })
  reason!: string;

  @Column({ name: 'journal_id', type: 'varchar', length: 40 })
  journalId!: JournalId;

  @Column({ name: 'reversed_at', type: 'datetime', precision: 6 })
  reversedAt!: Date;
}

export const redemptionEntities = [RedemptionEntity, RedemptionReversalEntity];
