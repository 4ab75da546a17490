import { Injectable } from '@nestjs/common';
import { AuditLog, type Principal } from '../access/index.js';
import { isDuplicate } from '../core/driver-error.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { Clock } from '../core/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { newId, type PriceRuleId } from '../shared/ids.js';
import { pageOf, type Page, type PageRequest } from '../shared/page.js';
import type { PricingErrorCode } from './errors.js';
import { PriceRuleDirectory } from './price-rule-directory.js';
import type { PriceRuleDetailDto, PriceRuleTermsDto, PriceRuleDto } from './price-rule.dto.js';
import { PriceRuleRepository } from './price-rule.repository.js';
import { priceRuleDetail, priceRuleTerms, priceRuleView } from './price-rule-terms.js';
import type { EndRuleDto } from './rule.dto.js';
import { RuleReferences } from './rule-references.js';
import { endMoment } from './rule-terms.js';

/** Price rules: made, given new versions, ended; never edited. */
@Injectable()
export class PriceRuleService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rules: PriceRuleRepository,
    private readonly references: RuleReferences,
    private readonly directory: PriceRuleDirectory,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  async createRule(dto: PriceRuleTermsDto, principal: Principal): Promise<PriceRuleDetailDto> {
    const terms = priceRuleTerms(dto);
    const id = newId('priceRule');
    const createdAt = this.clock.now();
    const rule = await this.unitOfWork.run(async (tx) => {
      await this.references.check(tx, terms);
      await this.rules.insertRule(tx, { id, createdAt });
      await this.rules.insertVersion(tx, { ...terms, ruleId: id, version: 1, endedAt: null }, createdAt);
      const made = await this.rules.getRule(tx, id);
      await this.auditLog.record(tx, {
        principal,
        action: 'price-rule.created',
        subject: id,
        after: priceRuleView(made),
      });
      return made;
    });
    await this.directory.refresh();
    return priceRuleDetail(rule);
  }

  /** Throws `price-rule.ended`, or `price-rule.version-exists` when there is a version from the same moment. */
  async addVersion(id: PriceRuleId, dto: PriceRuleTermsDto, principal: Principal): Promise<PriceRuleDetailDto> {
    const terms = priceRuleTerms(dto);
    const createdAt = this.clock.now();
    const rule = await this.unitOfWork.run(async (tx) => {
      const known = await this.rules.lockRule(tx, id);
      const { endedAt, versions } = known;
      if (endedAt) throw ended(endedAt);
      await this.references.check(tx, terms);
      const version = versions.length + 1;
      try {
        await this.rules.insertVersion(tx, { ...terms, ruleId: id, version, endedAt }, createdAt);
      } catch (error) {
        if (!isDuplicate(error, 'uq_price_rule_version_from')) throw error;
        const detail = `The rule has a version from ${terms.validFrom.toISOString()} on.`;
        throw new DomainError<PricingErrorCode>('price-rule.version-exists', detail);
      }
      await this.rules.markChanged(tx, id);
      const made = await this.rules.getRule(tx, id);
      await this.auditLog.record(tx, {
        principal,
        action: 'price-rule.version-added',
        subject: id,
        before: priceRuleView(known),
        after: priceRuleView(made),
      });
      return made;
    });
    await this.directory.refresh();
    return priceRuleDetail(rule);
  }

  /** Ends a rule once. Asking again for the same end, or for no moment, answers the same; else `price-rule.ended`. */
  async endRule(id: PriceRuleId, dto: EndRuleDto, principal: Principal): Promise<PriceRuleDetailDto> {
    const rule = await this.unitOfWork.run(async (tx) => {
      const { endedAt } = await this.rules.lockRule(tx, id);
      if (!endedAt) {
        const at = endMoment(dto, this.clock.now());
        await this.rules.markChanged(tx, id, at);
        const after = { endedAt: at.toISOString() };
        const before = { endedAt: null };
        await this.auditLog.record(tx, { principal, action: 'price-rule.ended', subject: id, before, after });
      } else if (dto.at != null && new Date(dto.at).getTime() !== endedAt.getTime()) {
        throw ended(endedAt);
      }
      return this.rules.getRule(tx, id);
    });
    await this.directory.refresh();
    return priceRuleDetail(rule);
  }

  /** Throws `price-rule.not-found`. */
  async readRule(id: PriceRuleId): Promise<PriceRuleDetailDto> {
    return priceRuleDetail(await this.rules.getRule(this.unitOfWork.reader, id));
  }

  /** Rules, the oldest first. */
  async listRules(page: PageRequest): Promise<Page<PriceRuleDto>> {
    const rules = await this.rules.list(this.unitOfWork.reader, page);
    return pageOf(rules, page.limit, (rule) => rule.id, priceRuleView);
  }
}

function ended(at: Date): DomainError<PricingErrorCode> {
  return new DomainError('price-rule.ended', `The rule ends at ${at.toISOString()}; make a new one.`);
}
