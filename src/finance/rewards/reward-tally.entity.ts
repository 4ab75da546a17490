import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn, minorColumn } from '../../core/columns.js';
import type { MerchantId, OrderEventId, OrderPk, RewardId, RewardRuleId, StorefrontId } from '../../shared/ids.js';

/** Which completed order of a shopper at a storefront was posted first: the key decides, once. */
@Entity('shopper_first_order')
@Index('ix_shopper_first_order_order', ['orderPk'])
export class ShopperFirstOrderEntity {
  @PrimaryColumn({ name: 'storefront_id', type: 'varchar', length: 40 })
  storefrontId!: StorefrontId;

  @PrimaryColumn({ name: 'shopper_ref', type: 'varchar', length: 128 })
  shopperRef!: string;

  @Column({ name: 'order_pk', type: 'varchar', length: 40 })
  orderPk!: OrderPk;
}

/** What shoppers paid in a month for the lines that a tiered rule won for a merchant, less what was refunded of them. */
@Entity('reward_volume')
export class RewardVolumeEntity {
  @PrimaryColumn({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  @PrimaryColumn({ name: 'rule_id', type: 'varchar', length: 40 })
  ruleId!: RewardRuleId;

  /** "2026-05", by the storefront's calendar. */
  @PrimaryColumn({ type: 'varchar', length: 7 })
  month!: string;

  @PrimaryColumn({ type: 'varchar', length: 3 })
  currency!: string;

  @Column({ type: 'bigint', transformer: minorColumn })
  volume!: bigint;
}

/** The part of one order in a volume. Written once, never changed. */
@Entity('reward_volume_order')
export class RewardVolumeOrderEntity {
  @PrimaryColumn({ name: 'order_pk', type: 'varchar', length: 40 })
  orderPk!: OrderPk;

  @PrimaryColumn({ name: 'rule_id', type: 'varchar', length: 40 })
  ruleId!: RewardRuleId;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  @Column({ type: 'varchar', length: 7 })
  month!: string;

  @Column({ type: 'varchar', length: 3 })
  currency!: string;

  @Column({ name: 'basis', type: 'bigint', transformer: minorColumn })
  commissionable!: bigint;

  @Column({ name: 'volume_before', type: 'bigint', transformer: minorColumn })
  volumeBefore!: bigint;

  /** Places in the order of the lines that it counts. */
  @Column({ name: 'counted_lines', type: 'mediumtext', transformer: jsonColumn })
  lines!: readonly number[];
}

/** What one refund has taken out of a volume. Written once, never changed. */
@Entity('reward_volume_refund')
@Index('ix_reward_volume_refund_order', ['orderPk', 'ruleId'])
export class RewardVolumeRefundEntity {
  @PrimaryColumn({ name: 'event_id', type: 'varchar', length: 40 })
  eventId!: OrderEventId;

  @PrimaryColumn({ name: 'rule_id', type: 'varchar', length: 40 })
  ruleId!: RewardRuleId;

  @Column({ name: 'order_pk', type: 'varchar', length: 40 })
  orderPk!: OrderPk;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  @Column({ type: 'varchar', length: 7 })
  month!: string;

  @Column({ type: 'varchar', length: 3 })
  currency!: string;

  @Column({ type: 'bigint', transformer: minorColumn })
  amount!: bigint;

  @Column({ name: 'volume_before', type: 'bigint', transformer: minorColumn })
  volumeBefore!: bigint;
}

/** How much of a budget of a rule and asset has been granted. Refunds give nothing back to it. */
@Entity('reward_budget')
export class RewardBudgetEntity {
  @PrimaryColumn({ name: 'rule_id', type: 'varchar', length: 40 })
  ruleId!: RewardRuleId;

  @PrimaryColumn({ type: 'varchar', length: 64 })
  asset!: string;

  /** '' with `month`: the budget of the whole rule. */
  @PrimaryColumn({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId | '';

  @PrimaryColumn({ type: 'varchar', length: 7 })
  month!: string;

  @Column({ type: 'bigint', transformer: minorColumn })
  used!: bigint;
}

/** What one reward has taken of one budget, and how large that was. Written once, never changed. */
@Entity('reward_budget_use')
export class RewardBudgetUseEntity {
  @PrimaryColumn({ name: 'reward_id', type: 'varchar', length: 40 })
  rewardId!: RewardId;

  @PrimaryColumn({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId | '';

  @PrimaryColumn({ type: 'varchar', length: 7 })
  month!: string;

  @Column({ name: 'rule_id', type: 'varchar', length: 40 })
  ruleId!: RewardRuleId;

  @Column({ type: 'varchar', length: 64 })
  asset!: string;

  @Column({ type: 'bigint', transformer: minorColumn })
  budget!: bigint;

  @Column({ name: 'used_before', type: 'bigint', transformer: minorColumn })
  usedBefore!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  amount!: bigint;
}
