import { Injectable } from '@nestjs/common';
import { DomainError } from '../shared/domain-error.js';
import { ApplicationTokens } from './application-tokens.js';
import type { AccessErrorCode } from './errors.js';
import type { ApplicationId, MerchantId } from '../shared/ids.js';

/** Finds the merchant that an application became. */
type MerchantOfApplication = (applicationId: ApplicationId) => Promise<MerchantId | null>;

/** Merchants, who have no account here: they come with the token of their application and see what is theirs. */
@Injectable()
export class MerchantCaller {
  private merchantOf: MerchantOfApplication = () => Promise.resolve(null);

  constructor(private readonly tokens: ApplicationTokens) {}

  /** Who keeps the merchants tells which of them an application became; until then no token opens anything. */
  enrol(merchantOf: MerchantOfApplication): void {
    this.merchantOf = merchantOf;
  }

  /**
   * Throws `access.unauthenticated` for a token that is not good, and `access.forbidden` for every id that is not the
   * merchant's own, whether or not there is such a merchant.
   */
  async assertIs(merchantId: string, token: string): Promise<void> {
    const own = await this.merchantOf(this.applicationOf(token));
    if (own !== merchantId)
      throw new DomainError<AccessErrorCode>('access.forbidden', 'This token shows its own merchant alone.');
  }

  /** The application that a token is for. Throws `access.unauthenticated` for a token that is not good. */
  applicationOf(token: string): ApplicationId {
    try {
      return this.tokens.applicationOf(token);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new DomainError<AccessErrorCode>('access.unauthenticated', 'This token is not good, or has expired.');
    }
  }
}
