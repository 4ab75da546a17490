import { Column, Entity, Index } from 'typeorm';
import { AppendOnly, NeverDeleted } from '../../core/table-rights.js';
import { jsonColumn, textColumn } from '../../core/columns.js';
import { RuleColumns, RuleVersionColumns } from '../../pricing/index.js';
import type { RuleScope } from '../../shared/rule.js';
import type { RewardConditions } from './reward-conditions.js';
import { grantFromJson, grantToJson, type GrantJson, type GrantTerms } from './reward-rule.js';
import type { RewardRuleId } from '../../shared/ids.js';

const grantsColumn = textColumn(
  (grants: readonly GrantTerms[]) => JSON.stringify(grants.map(grantToJson)),
  (text) => (JSON.parse(text) as GrantJson[]).map(grantFromJson),
);

/** A reward rule; what it says stands in its versions. */
@NeverDeleted()
@Entity('reward_rule')
@Index('ix_reward_rule_changed_at', ['changedAt'])
export class RewardRuleEntity extends RuleColumns {
  override id!: RewardRuleId;
}

/** What a reward rule says from a moment on. Written once, never changed. */
@AppendOnly()
@Entity('reward_rule_version')
@Index('uq_reward_rule_version_from', ['ruleId', 'validFrom'], { unique: true })
export class RewardRuleVersionEntity extends RuleVersionColumns {
  override ruleId!: RewardRuleId;

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
}
