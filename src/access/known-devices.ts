import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../core/clock.js';
import { Config } from '../core/config.js';
import { DomainError } from '../shared/domain-error.js';
import { afterDays } from '../shared/calendar.js';
import { newId, type RequestId } from '../shared/ids.js';
import { id, record } from '../shared/packing.js';
import { TokenSigner } from '../shared/signed-token.js';
import { readSessionCookie, sessionCookie } from './session-cookie.js';

const DAYS = 180;

/** Whose accounts: a browser may know one of each. */
export type AccountKind = 'staff' | 'merchant';

/** What the cookie of a device says: a name of its own, so that its tries are counted apart. */
interface DeviceClaims {
  device: RequestId;
}

/**
 * Browsers in which an account was signed in to before. Others' wrong tries are not held against them. A cookie is signed for one
 * account; it opens nothing by itself. (OWASP, “Slow down online guessing attacks with device cookies”.)
 */
@Injectable()
export class KnownDevices {
  private readonly signer: TokenSigner<DeviceClaims>;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.signer = new TokenSigner('device', config.tokenKeys, record<DeviceClaims>({ device: id('request') }));
  }

  /** The Set-Cookie value for a browser that has just signed in to the account. */
  cookieFor(kind: AccountKind, account: string): string {
    const until = afterDays(this.clock.now(), DAYS);
    const token = this.signer.issue({ device: newId('request') }, until, audienceOf(kind, account));
    return sessionCookie(token, until, this.config.publicUrl, { name: cookieName(kind) });
  }

  /** Which device it is, by a request's Cookie header; null when it does not know the account. */
  deviceOf(cookies: string | undefined, kind: AccountKind, account: string): string | null {
    const token = readSessionCookie(cookies, this.config.publicUrl, cookieName(kind));
    if (token === undefined) return null;
    try {
      return this.signer.read(token, this.clock.now(), audienceOf(kind, account)).device;
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }
}

function cookieName(kind: AccountKind): string {
  return `yinke_${kind}_device`;
}

function audienceOf(kind: AccountKind, account: string): string {
  return `${kind} ${account}`;
}
