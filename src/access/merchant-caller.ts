import { Injectable } from '@nestjs/common';
import { ApplicationTokens, MerchantRegistry, UnitOfWork, type DatabaseErrorCode } from '../database/index.js';
import { DomainError } from '../shared/domain-error.js';
import type { AccessErrorCode } from './errors.js';

/** Merchants, who have no account here: they come with the token of their application and see what is theirs. */
@Injectable()
export class MerchantCaller {
  constructor(
    private readonly tokens: ApplicationTokens,
    private readonly merchants: MerchantRegistry,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Throws `access.unauthenticated` for a token that is not good, and `merchant.not-found` for whose it is not. */
  async assertIs(merchantId: string, token: string): Promise<void> {
    const own = await this.merchants.findIdByApplication(this.unitOfWork.reader, this.applicationOf(token));
    if (own !== merchantId)
      throw new DomainError<DatabaseErrorCode>('merchant.not-found', 'There is no merchant of this id.');
  }

  private applicationOf(token: string): string {
    try {
      return this.tokens.applicationOf(token);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new DomainError<AccessErrorCode>('access.unauthenticated', 'This token is not good, or has expired.');
    }
  }
}
