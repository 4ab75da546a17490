import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../core/config.js';
import { Clock } from '../core/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { id, record } from '../shared/packing.js';
import { TokenSigner } from '../shared/signed-token.js';
import { afterDays } from '../shared/calendar.js';
import type { AccessErrorCode } from './errors.js';
import type { ApplicationId } from '../shared/ids.js';

const LIFETIME_DAYS = 3 * 365;

/** Tokens with which applicants come back to their application, and sign in for the first time once it is approved. */
@Injectable()
export class ApplicationTokens {
  private readonly signer: TokenSigner<{ application: ApplicationId }>;

  constructor(
    @Inject(Config) config: Config,
    private readonly clock: Clock,
  ) {
    this.signer = new TokenSigner('application', config.tokenKeys, record({ application: id('application') }));
  }

  issue(applicationId: ApplicationId): string {
    return this.signer.issue({ application: applicationId }, afterDays(this.clock.now(), LIFETIME_DAYS));
  }

  /** The application that a token is for. Throws `access.unauthenticated` for a token that is not good. */
  applicationOf(token: string): ApplicationId {
    try {
      return this.signer.read(token, this.clock.now()).application;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new DomainError<AccessErrorCode>('access.unauthenticated', 'This token is not good, or has expired.');
    }
  }

  /** Throws `access.unauthenticated` for a token that is not good. */
  assertGood(token: string): void {
    this.applicationOf(token);
  }
}
