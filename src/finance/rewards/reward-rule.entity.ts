import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn, textColumn } from '../../core/columns.js';
import type { RuleScope } from '../../shared/rule.js';
import type { RewardConditions } from './reward-conditions.js';
import { grantFromJson, grantToJson, type GrantJson, type GrantTerms } from './reward-rule.js';

const grantsColumn = textColumn(
  (grants: readonly GrantTerms[]) => JSON.stringify(grants.map(grantToJson)),
  (text) => (JSON.parse(text) as GrantJson[]).map(grantFromJson),
);

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

  @Column({ type: 'mediumtext', transformer: jsonColumn })
  scope!: RuleScope;

  @Column({ type: 'varchar', length: 16 })
  posting!: 'direct' | 'pending';

  @Column({ name: 'hold_days', type: 'int', nullable: true })
  holdDays!: number | null;

  @Column({ type: 'mediumtext', transformer: jsonColumn })
  conditions!: RewardConditions;

  @Column({ name: 'grant_terms', type: 'mediumtext', transformer: grantsColumn })
  grants!: readonly GrantTerms[];

  @Column({ name: 'valid_from', type: 'datetime', precision: 6 })
  validFrom!: Date;

  @Column({ name: 'valid_to', type: 'datetime', precision: 6, nullable: true })
  validTo!: Date | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;
}
