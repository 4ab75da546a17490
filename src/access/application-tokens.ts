import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../core/config.js';
import { Clock } from '../core/clock.js';
import { TokenSigner } from '../shared/signed-token.js';
import { afterDays } from '../shared/calendar.js';
import type { ApplicationId } from '../shared/ids.js';

const LIFETIME_DAYS = 3 * 365;

/** Tokens with which an applicant, later the merchant, comes back to what is theirs. */
@Injectable()
export class ApplicationTokens {
  private readonly signer: TokenSigner<{ application: ApplicationId }>;

  constructor(
    @Inject(Config) config: Config,
    private readonly clock: Clock,
  ) {
    this.signer = new TokenSigner('application', config.tokenKeys);
  }

  issue(applicationId: ApplicationId): string {
    return this.signer.issue({ application: applicationId }, afterDays(this.clock.now(), LIFETIME_DAYS));
  }

  /** The application that a token is for. Throws `token.invalid` or `token.expired`. */
  applicationOf(token: string): ApplicationId {
    return this.signer.read(token, this.clock.now()).application;
  }
}
