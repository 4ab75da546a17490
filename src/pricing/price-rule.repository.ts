import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RowOf } from '../core/table.js';
import { DomainError } from '../shared/domain-error.js';
import type { RuleScope } from '../shared/rule.js';
import type { PricingErrorCode } from './errors.js';
import { PriceRuleEntity, PriceRuleVersionEntity } from './price-rule.entity.js';
import type { PriceEffect, PriceRuleVersion } from './price-rule.js';
import { RuleRepository, type Rule } from './rule.repository.js';
import type { PriceRuleId } from '../shared/ids.js';

export type PriceRule = Rule<PriceRuleVersion>;

/** Ended rules are kept out of memory when they have been ended for longer than clocks can differ. */
const LIVE = 'ended_at IS NULL OR ended_at > CURRENT_TIMESTAMP(6) - INTERVAL 1 DAY';

@Injectable()
export class PriceRuleRepository extends RuleRepository<PriceRuleVersionEntity, PriceRuleVersion> {
  constructor() {
    super(PriceRuleEntity, PriceRuleVersionEntity);
  }

  /** The rule, locked. Throws `price-rule.not-found`. */
  async lockRule(tx: EntityManager, id: PriceRuleId): Promise<PriceRule> {
    return (await this.find(tx, id, { lock: true })) ?? notFound();
  }

  /** Throws `price-rule.not-found`. */
  async getRule(tx: EntityManager, id: PriceRuleId): Promise<PriceRule> {
    return (await this.find(tx, id, { lock: false })) ?? notFound();
  }

  /** Rules changed since a moment of the database's clock; null: all that have not been ended long ago. */
  changedSince(tx: EntityManager, since: Date | null): Promise<{ rows: PriceRule[]; asOf: Date }> {
    return this.findChanged(tx, since, LIVE);
  }

  protected rowOf({ endedAt, scope, floor, effect, ...version }: PriceRuleVersion) {
    return {
      ...version,
      merchantId: scope.merchant ?? null,
      merchantGroup: scope.group ?? null,
      product: scope.product ?? null,
      category: scope.category ?? null,
      ...effectColumns(effect),
      floorAmount: floor,
    };
  }

  protected versionOf(row: RowOf<PriceRuleVersionEntity>, endedAt: Date | null): PriceRuleVersion {
    const { ruleId, version, name, storefrontId, validFrom, validTo, floorAmount: floor } = row;
    const common = { ruleId, version, name, storefrontId, validFrom, validTo, endedAt };
    return { ...common, scope: scopeOf(row), floor, effect: effectOf(row) };
  }
}

function effectColumns(effect: PriceEffect) {
  return effect.kind === 'percent-off'
    ? { kind: effect.kind, rateBps: effect.rateBps, amount: null, currency: null }
    : { kind: effect.kind, rateBps: null, amount: effect.amount, currency: effect.currency };
}

function scopeOf({ merchantId, merchantGroup, product, category }: RowOf<PriceRuleVersionEntity>): RuleScope {
  return {
    ...(merchantId === null ? {} : { merchant: merchantId }),
    ...(merchantGroup === null ? {} : { group: merchantGroup }),
    ...(product === null ? {} : { product }),
    ...(category === null ? {} : { category }),
  };
}

function effectOf({ kind, rateBps, amount, currency }: RowOf<PriceRuleVersionEntity>): PriceEffect {
  if (kind === 'percent-off' && rateBps !== null) return { kind, rateBps };
  if (kind !== 'percent-off' && amount !== null && currency !== null) return { kind, amount, currency };
  throw new Error(`a price rule of kind ${kind} lacks its numbers`);
}

function notFound(): never {
  throw new DomainError<PricingErrorCode>('price-rule.not-found', 'There is no price rule of this id.');
}
