import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { NeverDeleted } from '../../core/table-rights.js';
import { jsonColumn, minorColumn } from '../../core/columns.js';
import type { RewardExplanation } from './reward-explanation.js';
import type { RewardState } from './reward-state.js';
import type { MerchantId, OrderPk, RewardId, RewardRuleId, StorefrontId } from '../../shared/ids.js';

/**
 * What one rule version granted for one order in one asset, and where that is now: always granted = pending + held +
 * matured + voided, and clawed back ≤ matured. What left `matured` for a payout or a redemption is still matured.
 */
@NeverDeleted()
@Entity('reward')
@Index('uq_reward_grant', ['orderPk', 'asset', 'ruleId', 'ruleVersion'], { unique: true })
@Index('ix_reward_due', ['state', 'matureAt', 'id'])
@Index('ix_reward_created', ['createdAt', 'id'])
@Index('ix_reward_state', ['state', 'createdAt', 'id'])
@Index('ix_reward_merchant', ['merchantId', 'createdAt', 'id'])
@Index('ix_reward_merchant_state', ['merchantId', 'state', 'createdAt', 'id'])
export class RewardEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: RewardId;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  @Column({ name: 'order_pk', type: 'varchar', length: 40 })
  orderPk!: OrderPk;

  @Column({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: StorefrontId;

  @Column({ type: 'varchar', length: 64 })
  asset!: string;

  @Column({ name: 'rule_id', type: 'varchar', length: 40 })
  ruleId!: RewardRuleId;

  @Column({ name: 'rule_version', type: 'int' })
  ruleVersion!: number;

  @Column({ type: 'varchar', length: 16 })
  posting!: 'direct' | 'pending';

  @Column({ type: 'bigint', transformer: minorColumn })
  granted!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  pending!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  held!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  matured!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  voided!: bigint;

  @Column({ name: 'clawed_back', type: 'bigint', transformer: minorColumn })
  clawedBack!: bigint;

  @Column({ type: 'varchar', length: 16 })
  state!: RewardState;

  @Column({ name: 'mature_at', type: 'datetime', precision: 6, nullable: true })
  matureAt!: Date | null;

  @Column({ type: 'mediumtext', transformer: jsonColumn })
  explanation!: RewardExplanation;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  @Column({ type: 'int' })
  version!: number;
}
