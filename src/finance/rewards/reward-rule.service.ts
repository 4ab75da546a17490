import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Principal } from '../../access/index.js';
import { StorefrontDirectory } from '../../database/index.js';
import { isDuplicate } from '../../core/driver-error.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { endMoment, RuleReferences, type EndRuleDto } from '../../pricing/index.js';
import { Clock } from '../../core/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId, type RewardRuleId } from '../../shared/ids.js';
import { pageOf, type Page, type PageRequest } from '../../shared/page.js';
import { CouponTemplateService } from '../assets/index.js';
import type { RewardErrorCode } from './errors.js';
import type { RewardRuleDetailDto, RewardRuleTermsDto, RewardRuleDto } from './reward-rule.dto.js';
import { RewardRuleRepository } from './reward-rule.repository.js';
import { rewardRuleDetail, rewardRuleView, rewardTerms, type RewardTerms } from './reward-rule-terms.js';

/** Reward rules: made, given new versions, ended; never edited. Workers look for them before each batch they post. */
@Injectable()
export class RewardRuleService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rules: RewardRuleRepository,
    private readonly references: RuleReferences,
    private readonly coupons: CouponTemplateService,
    private readonly storefronts: StorefrontDirectory,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  async createRule(dto: RewardRuleTermsDto, principal: Principal): Promise<RewardRuleDetailDto> {
    const terms = this.terms(dto);
    const id = newId('rewardRule');
    const createdAt = this.clock.now();
    const rule = await this.unitOfWork.run(async (tx) => {
      await this.references.check(tx, terms);
      await this.assertCoupons(tx, terms);
      await this.rules.insertRule(tx, { id, createdAt });
      await this.rules.insertVersion(tx, { ...terms, ruleId: id, version: 1, endedAt: null }, createdAt);
      const made = await this.rules.getRule(tx, id);
      await this.auditLog.record(tx, {
        principal,
        action: 'reward-rule.created',
        subject: id,
        after: rewardRuleView(made),
      });
      return made;
    });
    return rewardRuleDetail(rule);
  }

  /** Throws `reward-rule.ended`, or `reward-rule.version-exists` when there is a version from the same moment. */
  async addVersion(id: RewardRuleId, dto: RewardRuleTermsDto, principal: Principal): Promise<RewardRuleDetailDto> {
    const terms = this.terms(dto);
    const createdAt = this.clock.now();
    const rule = await this.unitOfWork.run(async (tx) => {
      const known = await this.rules.lockRule(tx, id);
      const { endedAt, versions } = known;
      if (endedAt) throw ended(endedAt);
      await this.references.check(tx, terms);
      await this.assertCoupons(tx, terms);
      const version = versions.length + 1;
      try {
        await this.rules.insertVersion(tx, { ...terms, ruleId: id, version, endedAt }, createdAt);
      } catch (error) {
        if (!isDuplicate(error, 'uq_reward_rule_version_from')) throw error;
        const detail = `The rule has a version from ${terms.validFrom.toISOString()} on.`;
        throw new DomainError<RewardErrorCode>('reward-rule.version-exists', detail);
      }
      await this.rules.markChanged(tx, id);
      const made = await this.rules.getRule(tx, id);
      await this.auditLog.record(tx, {
        principal,
        action: 'reward-rule.version-added',
        subject: id,
        before: rewardRuleView(known),
        after: rewardRuleView(made),
      });
      return made;
    });
    return rewardRuleDetail(rule);
  }

  /** Ends a rule once. Asking again for the same end, or for no moment, answers the same; else `reward-rule.ended`. */
  async endRule(id: RewardRuleId, dto: EndRuleDto, principal: Principal): Promise<RewardRuleDetailDto> {
    const rule = await this.unitOfWork.run(async (tx) => {
      const { endedAt } = await this.rules.lockRule(tx, id);
      if (!endedAt) {
        const at = endMoment(dto, this.clock.now());
        await this.rules.markChanged(tx, id, at);
        const after = { endedAt: at.toISOString() };
        const before = { endedAt: null };
        await this.auditLog.record(tx, { principal, action: 'reward-rule.ended', subject: id, before, after });
      } else if (dto.at != null && new Date(dto.at).getTime() !== endedAt.getTime()) {
        throw ended(endedAt);
      }
      return this.rules.getRule(tx, id);
    });
    return rewardRuleDetail(rule);
  }

  /** Throws `reward-rule.not-found`. */
  async readRule(id: RewardRuleId): Promise<RewardRuleDetailDto> {
    return rewardRuleDetail(await this.rules.getRule(this.unitOfWork.reader, id));
  }

  /** Rules, the oldest first. */
  async listRules(page: PageRequest): Promise<Page<RewardRuleDto>> {
    const rules = await this.rules.list(this.unitOfWork.reader, page);
    return pageOf(rules, page.limit, (rule) => rule.id, rewardRuleView);
  }

  /** A rule promises only coupons that there are. */
  private assertCoupons(tx: EntityManager, { grants }: RewardTerms): Promise<void> {
    return this.coupons.assertGrantable(
      tx,
      grants.map((grant, index) => ({
        asset: grant.asset,
        amount: grant.kind === 'fixed' ? grant.amount : null,
        pointer: `/grants/${index}`,
      })),
    );
  }

  private terms(dto: RewardRuleTermsDto): RewardTerms {
    return rewardTerms(dto, (storefrontId) => this.storefronts.find(storefrontId)?.currency);
  }
}

function ended(at: Date): DomainError<RewardErrorCode> {
  return new DomainError('reward-rule.ended', `The rule ends at ${at.toISOString()}; make a new one.`);
}
