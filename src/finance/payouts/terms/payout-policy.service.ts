import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import { insertRows } from '../../../core/columns.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError } from '../../../shared/domain-error.js';
import type { PayoutPolicyDto } from './payout-policy.dto.js';
import { PayoutPolicyEntity } from './payout-policy.entity.js';
import { faultsOf, type PolicyTerms } from './payout-policy.js';

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
      const row = [currency, JSON.stringify(terms), by.staffId, this.clock.now()];
      const columns = ['currency', 'terms', 'changed_by', 'changed_at'];
      const changes = columns.map((column) => `${column} = VALUES(${column})`).join(', ');
      await insertRows(tx, 'payout_policy', columns, [row], `ON DUPLICATE KEY UPDATE ${changes}`);
      const detail = { terms };
      await this.auditLog.record(tx, { principal: by, action: 'payout-policy.set', subject: currency, detail });
    });
    return this.getPolicy(currency);
  }

  async getPolicy(currency: string): Promise<PayoutPolicyDto> {
    const found = await this.unitOfWork.reader.findOneBy(PayoutPolicyEntity, { currency });
    const terms = found ? (JSON.parse(found.terms) as PolicyTerms) : {};
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
    return found ? (JSON.parse(found.terms) as PolicyTerms) : {};
  }
}
