import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { Logger } from '../../core/logger.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { DomainError } from '../../shared/domain-error.js';
import type { MerchantId } from '../../shared/ids.js';
import { MerchantApplicationRepository } from '../applications/merchant-application.repository.js';
import { MerchantRepository } from '../merchants/merchant.repository.js';
import { PersonalDataService } from './personal-data.service.js';

/** People who are looked up at once. */
const PAGE = 200;

/** Erases those for whom the time of keeping is over. */
@Injectable()
export class PersonalDataRetention {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly service: PersonalDataService,
    private readonly merchants: MerchantRepository,
    private readonly applications: MerchantApplicationRepository,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Pick<Config, 'rejectedApplicationDays' | 'closedMerchantDays'>,
  ) {}

  /** Each in a transaction of their own; a merchant of whom something is open stays until nothing is. */
  async sweep(): Promise<void> {
    const { rejectedApplicationDays: rejected, closedMerchantDays: closed } = this.config;
    const erased = {
      applications: rejected === null ? 0 : await this.eraseApplicants(rejected),
      merchants: closed === null ? 0 : await this.eraseMerchants(closed),
    };
    if (erased.applications + erased.merchants > 0) this.logger.log('people were erased', erased);
  }

  private async eraseApplicants(days: number): Promise<number> {
    for (let erased = 0; ;) {
      const ids = await this.applications.findRejected(this.unitOfWork.reader, days, PAGE);
      for (const id of ids) await this.service.eraseApplicant(id, { kind: 'system' });
      erased += ids.length;
      if (ids.length < PAGE) return erased;
    }
  }

  private async eraseMerchants(days: number): Promise<number> {
    let erased = 0;
    for (let after: MerchantId | null = null; ;) {
      const ids: MerchantId[] = await this.merchants.findClosed(this.unitOfWork.reader, days, after, PAGE);
      for (const id of ids) if (await this.isErased(id)) erased += 1;
      after = ids.at(-1) ?? null;
      if (ids.length < PAGE) return erased;
    }
  }

  private async isErased(id: MerchantId): Promise<boolean> {
    try {
      await this.service.eraseMerchant(id, { kind: 'system' });
      return true;
    } catch (error) {
      if (error instanceof DomainError && String(error.code).startsWith('erasure.')) return false;
      throw error;
    }
  }
}
