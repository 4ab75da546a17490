import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { StorefrontDirectory, MerchantRegistry } from '../database/index.js';
import type { FieldError } from '../shared/domain-error.js';
import { invalid, type RuleTerms } from './rule-terms.js';

/** Whether what a rule names exists. */
@Injectable()
export class RuleReferences {
  constructor(
    private readonly storefronts: StorefrontDirectory,
    private readonly merchants: MerchantRegistry,
  ) {}

  /** Throws `request.invalid` when the terms name a merchant or a storefront that there is not. */
  async check(tx: EntityManager, { scope, storefrontId }: RuleTerms): Promise<void> {
    const errors: FieldError[] = [];
    if (storefrontId !== null && !this.storefronts.find(storefrontId))
      errors.push({ pointer: '/storefront', detail: 'is no storefront' });
    if (scope.merchant !== undefined && !(await this.merchants.findMany(tx, [scope.merchant])).has(scope.merchant))
      errors.push({ pointer: '/scope/merchant', detail: 'is no merchant' });
    if (errors.length > 0) throw invalid(...errors);
  }
}
