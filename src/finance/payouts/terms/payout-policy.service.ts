import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import { Table } from '../../../core/table.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError } from '../../../shared/domain-error.js';
import type { PayoutPolicyDto } from './payout-policy.dto.js';
import { PayoutPolicyEntity } from './payout-policy.entity.js';
import { faultsOf, type PolicyTerms } from './payout-policy.js';

const POLICIES = new Table(PayoutPolicyEntity);

/** The operator's terms for payouts, one set for each currency. Batches keep those that they were drafted under. */
@Injectable()
export class PayoutPolicyService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Replaces the terms of a currency, for batches drafted from now on. Throws `request.invalid`. */
  async putPolicy(by: Staff, currency: string, terms: PolicyTerms): Promise<PayoutPolicyDto> {
    const faults = faultsOf(terms);
    if (faults.length > 0) throw new DomainError('request.invalid', 'The terms contradict themselves.', faults);
    await this.unitOfWork.run(async (tx) => {
      const known = await tx.findOneBy(PayoutPolicyEntity, { currency });
      const row = { currency, terms, changedBy: by.staffId, changedAt: this.clock.now() };
      await POLICIES.upsert(tx, [row], POLICIES.properties);
      await this.auditLog.record(tx, {
        principal: by,
        action: 'payout-policy.set',
        subject: currency,
        before: known?.terms ?? {},
        after: terms,
      });
    });
    return this.getPolicy(currency);
  }

  async getPolicy(currency: string): Promise<PayoutPolicyDto> {
    const found = await this.unitOfWork.reader.findOneBy(PayoutPolicyEntity, { currency });
    const terms: PolicyTerms = found?.terms ?? {};
    const { railFees, ...others } = terms;
    return {
      currency,
      ...others,
      ...(railFees && { railFees: [...railFees] }),
      changedBy: found?.changedBy ?? null,
      changedAt: found?.changedAt.toISOString() ?? null,
    };
  }

  /** The terms in force; none when none are set. */
  async findTerms(tx: EntityManager, currency: string): Promise<PolicyTerms> {
    const found = await tx.findOneBy(PayoutPolicyEntity, { currency });
    return found?.terms ?? {};
  }
}
