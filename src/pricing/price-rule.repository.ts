import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { DomainError } from '../shared/domain-error.js';
import type { PageRequest } from '../shared/page.js';
import type { RuleScope } from '../shared/rule.js';
import type { PricingErrorCode } from './errors.js';
import { PriceRuleEntity, PriceRuleVersionEntity } from './price-rule.entity.js';
import type { PriceEffect, PriceRuleVersion } from './price-rule.js';

/** A rule with all its versions, the first one first. */
export interface PriceRule {
  id: string;
  createdAt: Date;
  endedAt: Date | null;
  versions: PriceRuleVersion[];
}

/** Ended rules are kept out of memory when they have been ended for longer than clocks can differ. */
const LIVE = 'ended_at IS NULL OR ended_at > CURRENT_TIMESTAMP(6) - INTERVAL 1 DAY';

@Injectable()
export class PriceRuleRepository {
  async insertRule(tx: EntityManager, rule: { id: string; createdAt: Date }): Promise<void> {
    await tx.insert(PriceRuleEntity, { ...rule, endedAt: null, changedAt: () => 'CURRENT_TIMESTAMP(6)' });
  }

  async insertVersion(tx: EntityManager, version: PriceRuleVersion, createdAt: Date): Promise<void> {
    const { effect, scope, floor, ruleId, name, storefrontId, validFrom, validTo } = version;
    await tx.insert(PriceRuleVersionEntity, {
      ruleId,
      version: version.version,
      name,
      storefrontId,
      merchantId: scope.merchant ?? null,
      merchantGroup: scope.group ?? null,
      product: scope.product ?? null,
      category: scope.category ?? null,
      ...effectColumns(effect),
      floorAmount: floor,
      validFrom,
      validTo,
      createdAt,
    });
  }

  /** Tells every process's directory to look at the rule; `endedAt` is set when it is given. */
  async markChanged(tx: EntityManager, id: string, endedAt?: Date): Promise<void> {
    await tx.update(
      PriceRuleEntity,
      { id },
      { ...(endedAt ? { endedAt } : {}), changedAt: () => 'CURRENT_TIMESTAMP(6)' },
    );
  }

  /** The rule, locked: its versions are numbered one after the other. Throws `price-rule.not-found`. */
  async lockRule(tx: EntityManager, id: string): Promise<PriceRule> {
    const rule = await tx.findOne(PriceRuleEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return this.withVersions(tx, rule);
  }

  /** Throws `price-rule.not-found`. */
  async getRule(tx: EntityManager, id: string): Promise<PriceRule> {
    return this.withVersions(tx, await tx.findOneBy(PriceRuleEntity, { id }));
  }

  /** Rules by id, the oldest first: one more than the page holds. */
  async list(tx: EntityManager, { limit, after }: PageRequest): Promise<PriceRule[]> {
    const query = tx
      .createQueryBuilder(PriceRuleEntity, 'r')
      .orderBy('r.id')
      .limit(limit + 1);
    if (after !== null) query.where('r.id > :after', { after });
    return this.assemble(tx, await query.getMany());
  }

  /** Rules changed since a moment of the database's clock; null: all that have not been ended long ago. */
  async changedSince(tx: EntityManager, since: Date | null): Promise<{ rows: PriceRule[]; asOf: Date }> {
    const [clock] = await tx.query<[{ now: Date }]>('SELECT CURRENT_TIMESTAMP(6) AS now');
    const query = tx.createQueryBuilder(PriceRuleEntity, 'r');
    if (since === null) query.where(LIVE);
    else query.where('r.changed_at >= :since', { since });
    return { rows: await this.assemble(tx, await query.getMany()), asOf: clock.now };
  }

  private async withVersions(tx: EntityManager, rule: PriceRuleEntity | null): Promise<PriceRule> {
    const [found] = rule ? await this.assemble(tx, [rule]) : [];
    if (!found) throw new DomainError<PricingErrorCode>('price-rule.not-found', 'There is no price rule of this id.');
    return found;
  }

  private async assemble(tx: EntityManager, rules: PriceRuleEntity[]): Promise<PriceRule[]> {
    if (rules.length === 0) return [];
    const versions = await tx.find(PriceRuleVersionEntity, {
      where: { ruleId: In(rules.map((rule) => rule.id)) },
      order: { ruleId: 'ASC', version: 'ASC' },
    });
    const found = new Map(
      rules.map(({ id, createdAt, endedAt }): [string, PriceRule] => [id, { id, createdAt, endedAt, versions: [] }]),
    );
    for (const row of versions) {
      const rule = found.get(row.ruleId);
      rule?.versions.push(versionOf(row, rule.endedAt));
    }
    return [...found.values()];
  }
}

function effectColumns(effect: PriceEffect) {
  return effect.kind === 'percent-off'
    ? { kind: effect.kind, rateBps: effect.rateBps, amount: null, currency: null }
    : { kind: effect.kind, rateBps: null, amount: effect.amount, currency: effect.currency };
}

function versionOf(row: PriceRuleVersionEntity, endedAt: Date | null): PriceRuleVersion {
  const { ruleId, version, name, storefrontId, validFrom, validTo } = row;
  return {
    ruleId,
    version,
    name,
    storefrontId,
    validFrom,
    validTo,
    endedAt,
    scope: scopeOf(row),
    floor: row.floorAmount,
    effect: effectOf(row),
  };
}

function scopeOf({ merchantId, merchantGroup, product, category }: PriceRuleVersionEntity): RuleScope {
  return {
    ...(merchantId === null ? {} : { merchant: merchantId }),
    ...(merchantGroup === null ? {} : { group: merchantGroup }),
    ...(product === null ? {} : { product }),
    ...(category === null ? {} : { category }),
  };
}

function effectOf({ kind, rateBps, amount, currency }: PriceRuleVersionEntity): PriceEffect {
  if (kind === 'percent-off' && rateBps !== null) return { kind, rateBps };
  if (kind !== 'percent-off' && amount !== null && currency !== null) return { kind, amount, currency };
  throw new Error(`a price rule of kind ${kind} lacks its numbers`);
}
