import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RowOf } from '../../core/table.js';
import { RuleRepository, type Rule } from '../../pricing/index.js';
import { DomainError } from '../../shared/domain-error.js';
import type { RewardErrorCode } from './errors.js';
import { RewardRuleEntity, RewardRuleVersionEntity } from './reward-rule.entity.js';
import type { RewardRuleVersion } from './reward-rule.js';
import type { RewardRuleId } from '../../shared/ids.js';

export type RewardRule = Rule<RewardRuleVersion>;

@Injectable()
export class RewardRuleRepository extends RuleRepository<RewardRuleVersionEntity, RewardRuleVersion> {
  constructor() {
    super(RewardRuleEntity, RewardRuleVersionEntity);
  }

  /** The rule, locked. Throws `reward-rule.not-found`. */
  async lockRule(tx: EntityManager, id: RewardRuleId): Promise<RewardRule> {
    return (await this.find(tx, id, { lock: true })) ?? notFound();
  }

  /** Throws `reward-rule.not-found`. */
  async getRule(tx: EntityManager, id: RewardRuleId): Promise<RewardRule> {
    return (await this.find(tx, id, { lock: false })) ?? notFound();
  }

  /**
   * Rules changed since a moment of the database's clock; null: all. Ended ones too, since a purchase may be told of
   * long after it was complete.
   */
  changedSince(tx: EntityManager, since: Date | null): Promise<{ rows: RewardRule[]; asOf: Date }> {
    return this.findChanged(tx, since, '1 = 1');
  }

  protected rowOf({ endedAt, posting, ...terms }: RewardRuleVersion) {
    return { ...terms, posting: posting.posting, holdDays: posting.posting === 'pending' ? posting.holdDays : null };
  }

  protected versionOf(
    { posting, holdDays, createdAt, ...terms }: RowOf<RewardRuleVersionEntity>,
    endedAt: Date | null,
  ): RewardRuleVersion {
    return { ...terms, endedAt, posting: posting === 'direct' ? { posting } : { posting, holdDays: holdDays ?? 0 } };
  }
}

function notFound(): never {
  throw new DomainError<RewardErrorCode>('reward-rule.not-found', 'There is no reward rule of this id.');
}
