import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { minorColumn } from '../../core/columns.js';

/** A reward rule; what it says stands in its versions. */
@Entity('reward_rule')
@Index('ix_reward_rule_changed_at', ['changedAt'])
export class RewardRuleEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  @Column({ name: 'ended_at', type: 'datetime', precision: 6, nullable: true })
  endedAt!: Date | null;

  /** By the database's clock; what the directories of all processes look for. */
  @Column({ name: 'changed_at', type: 'datetime', precision: 6 })
  changedAt!: Date;
}

/** What a reward rule says from a moment on. Written once, never changed. */
@Entity('reward_rule_version')
@Index('uq_reward_rule_version_from', ['ruleId', 'validFrom'], { unique: true })
export class RewardRuleVersionEntity {
  @PrimaryColumn({ name: 'rule_id', type: 'varchar', length: 40 })
  ruleId!: string;

  @PrimaryColumn({ type: 'int' })
  version!: number;

  @Column({ type: 'varchar', length: 200, nullable: true })
  name!: string | null;

  @Column({ name: 'storefront_id', type: 'varchar', length: 40, nullable: true })
  storefrontId!: string | null;

  /** RuleScope as JSON. */
  @Column({ type: 'mediumtext' })
  scope!: string;

  @Column({ type: 'varchar', length: 16 })
  posting!: 'direct' | 'pending';

  @Column({ name: 'hold_days', type: 'int', nullable: true })
  holdDays!: number | null;

  @Column({ name: 'min_paid', type: 'bigint', transformer: minorColumn, nullable: true })
  minPaid!: bigint | null;

  /** ConditionsJson as JSON; null: none. */
  @Column({ type: 'mediumtext', nullable: true })
  conditions!: string | null;

  /** GrantJson[] as JSON. */
  @Column({ name: 'grant_terms', type: 'mediumtext' })
  grantTerms!: string;

  @Column({ name: 'valid_from', type: 'datetime', precision: 6 })
  validFrom!: Date;

  @Column({ name: 'valid_to', type: 'datetime', precision: 6, nullable: true })
  validTo!: Date | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;
}
