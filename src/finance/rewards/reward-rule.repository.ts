import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { DomainError } from '../../shared/domain-error.js';
import type { PageRequest } from '../../shared/page.js';
import type { RewardErrorCode } from './errors.js';
import { RewardRuleEntity, RewardRuleVersionEntity } from './reward-rule.entity.js';
import type { RewardRuleVersion } from './reward-rule.js';

/** A rule with all its versions, the first one first. */
export interface RewardRule {
  id: string;
  createdAt: Date;
  endedAt: Date | null;
  versions: RewardRuleVersion[];
}

@Injectable()
export class RewardRuleRepository {
  async insertRule(tx: EntityManager, rule: { id: string; createdAt: Date }): Promise<void> {
    await tx.insert(RewardRuleEntity, { ...rule, endedAt: null, changedAt: () => 'CURRENT_TIMESTAMP(6)' });
  }

  async insertVersion(tx: EntityManager, version: RewardRuleVersion, createdAt: Date): Promise<void> {
    const { endedAt, posting, ...terms } = version;
    await tx.insert(RewardRuleVersionEntity, {
      ...terms,
      posting: posting.posting,
      holdDays: posting.posting === 'pending' ? posting.holdDays : null,
      createdAt,
    });
  }

  /** Tells every process's directory to look at the rule; `endedAt` is set when it is given. */
  async markChanged(tx: EntityManager, id: string, endedAt?: Date): Promise<void> {
    await tx.update(
      RewardRuleEntity,
      { id },
      { ...(endedAt ? { endedAt } : {}), changedAt: () => 'CURRENT_TIMESTAMP(6)' },
    );
  }

  /** The rule, locked: its versions are numbered one after the other. Throws `reward-rule.not-found`. */
  async lockRule(tx: EntityManager, id: string): Promise<RewardRule> {
    const rule = await tx.findOne(RewardRuleEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return this.withVersions(tx, rule);
  }

  /** Throws `reward-rule.not-found`. */
  async getRule(tx: EntityManager, id: string): Promise<RewardRule> {
    return this.withVersions(tx, await tx.findOneBy(RewardRuleEntity, { id }));
  }

  /** Rules by id, the oldest first: one more than the page holds. */
  async list(tx: EntityManager, { limit, after }: PageRequest): Promise<RewardRule[]> {
    const query = tx
      .createQueryBuilder(RewardRuleEntity, 'r')
      .orderBy('r.id')
      .limit(limit + 1);
    if (after !== null) query.where('r.id > :after', { after });
    return this.assemble(tx, await query.getMany());
  }

  /**
   * Rules changed since a moment of the database's clock; null: all. Ended ones too, since a purchase may be told of
   * long after it was complete.
   */
  async changedSince(tx: EntityManager, since: Date | null): Promise<{ rows: RewardRule[]; asOf: Date }> {
    const [clock] = await tx.query<[{ now: Date }]>('SELECT CURRENT_TIMESTAMP(6) AS now');
    const query = tx.createQueryBuilder(RewardRuleEntity, 'r');
    if (since !== null) query.where('r.changed_at >= :since', { since });
    return { rows: await this.assemble(tx, await query.getMany()), asOf: clock.now };
  }

  private async withVersions(tx: EntityManager, rule: RewardRuleEntity | null): Promise<RewardRule> {
    const [found] = rule ? await this.assemble(tx, [rule]) : [];
    if (!found) throw new DomainError<RewardErrorCode>('reward-rule.not-found', 'There is no reward rule of this id.');
    return found;
  }

  private async assemble(tx: EntityManager, rules: RewardRuleEntity[]): Promise<RewardRule[]> {
    if (rules.length === 0) return [];
    const rows = await tx.find(RewardRuleVersionEntity, {
      where: { ruleId: In(rules.map((rule) => rule.id)) },
      order: { ruleId: 'ASC', version: 'ASC' },
    });
    const byRule = new Map<string, RewardRuleVersionEntity[]>(rules.map((rule) => [rule.id, []]));
    for (const row of rows) byRule.get(row.ruleId)?.push(row);
    return rules.map(({ id, createdAt, endedAt }) => ({
      id,
      createdAt,
      endedAt,
      versions: (byRule.get(id) ?? []).map((row) => versionOf(row, endedAt)),
    }));
  }
}

function versionOf(
  { posting, holdDays, createdAt, ...terms }: RewardRuleVersionEntity,
  endedAt: Date | null,
): RewardRuleVersion {
  return {
    ...terms,
    endedAt,
    posting: posting === 'direct' ? { posting } : { posting, holdDays: holdDays ?? 0 },
  };
}
