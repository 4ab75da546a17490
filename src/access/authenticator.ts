import type { ApiKeyId, StorefrontId } from '../shared/ids.js';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../core/config.js';
import { Clock } from '../core/clock.js';
import { DomainError } from '../shared/domain-error.js';
import type { AccessErrorCode } from './errors.js';
import { isOwnOrigin } from './origin.js';
import { ANONYMOUS, type Principal } from './principal.js';
import { hashSecret, secretKind } from './secret.js';
import { MerchantSessions } from './merchant-sessions.js';
import { MERCHANT_COOKIE, readSessionCookie } from './session-cookie.js';
import { SessionService } from './session.service.js';
import type { LiveSession } from './staff.repository.js';
import { KeyMemory } from './key-memory.js';
import { KeyUses } from './key-uses.js';
import { Origins } from './origins.js';
import { WidgetTokens } from './widget-tokens.js';

/** What of a request says who calls. */
export interface Credentials {
  method: string;
  headers: {
    authorization?: string | undefined;
    cookie?: string | undefined;
    origin?: string | undefined;
    host?: string | undefined;
    'yinke-caller'?: string | string[] | undefined;
    'yinke-unattended'?: string | string[] | undefined;
  };
}

/** Who calls, and by what. */
export interface Authenticated {
  principal: Principal;
  session?: LiveSession;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Finds out who calls: a storefront by its key (from memory), staff and merchants by bearer token or cookie (one look-up). */
@Injectable()
export class Authenticator {
  constructor(
    private readonly keys: KeyMemory,
    private readonly uses: KeyUses,
    private readonly origins: Origins,
    private readonly sessions: SessionService,
    private readonly merchantSessions: MerchantSessions,
    private readonly widgetTokens: WidgetTokens,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /**
   * Who calls; anonymous without credentials, or with a bearer token that is another module's to judge. Throws
   * `access.unauthenticated` for a key or session that is not (or no longer) good, and `access.origin-refused` for a
   * browser on another web site than the key's storefront or, with a cookie, than ours.
   */
  async authenticate({ method, headers }: Credentials): Promise<Authenticated> {
    const bearer = bearerOf(headers);
    if (bearer !== undefined) {
      const kind = secretKind(bearer);
      if (kind === undefined) return { principal: ANONYMOUS };
      if (kind === 'session') return this.bySession(bearer, headers);
      if (kind === 'widget') return this.byWidget(bearer, headers);
      return kind === 'merchantSession' ? this.byMerchantSession(bearer) : this.byKey(bearer, headers);
    }
    // One browser may have both, of a member of staff and of a merchant; a page of the merchants' says that it is one.
    const { publicUrl } = this.config;
    const staffToken =
      headers['yinke-caller'] === 'merchant' ? undefined : readSessionCookie(headers.cookie, publicUrl);
    const token = staffToken ?? readSessionCookie(headers.cookie, publicUrl, MERCHANT_COOKIE);
    if (token === undefined) return { principal: ANONYMOUS };
    if (!SAFE_METHODS.has(method) && !isOwnOrigin(headers, publicUrl)) {
      throw new DomainError<AccessErrorCode>(
        'access.origin-refused',
        'With a session cookie, changes are only taken from our own pages; send the token as a bearer instead.',
      );
    }
    return staffToken === undefined ? this.byMerchantSession(token) : this.bySession(token, headers);
  }

  /** The secret key that a request carries, if it is a good one; from memory. */
  secretKeyOf({ authorization }: Credentials['headers']): ApiKeyId | undefined {
    const key = /^Bearer +(sk_\S+)$/i.exec(authorization ?? '')?.[1];
    return key === undefined ? undefined : this.keys.find(hashSecret(key), this.clock.now())?.principal.keyId;
  }

  private byKey(key: string, headers: Credentials['headers']): Authenticated {
    const principal = this.keys.find(hashSecret(key), this.clock.now())?.principal;
    if (!principal) throw unauthenticated('This key is not known, or has ended.');
    if (principal.keyKind === 'publishable') this.assertListed(principal.storefrontId, headers);
    this.uses.note(principal.keyId);
    return { principal };
  }

  private byWidget(token: string, headers: Credentials['headers']): Authenticated {
    const claims = this.widgetTokens.read(token);
    if (!claims) throw unauthenticated('This token is not good, or has ended.');
    this.assertListed(claims.storefront, headers);
    return { principal: { kind: 'widget', merchantId: claims.merchant, storefrontId: claims.storefront } };
  }

  /** A browser may call from the storefront's own web sites and from ours. */
  private assertListed(storefrontId: StorefrontId, headers: Credentials['headers']): void {
    const { origin } = headers;
    if (origin === undefined || this.origins.originsOf(storefrontId).includes(origin)) return;
    if (isOwnOrigin(headers, this.config.publicUrl)) return;
    throw new DomainError<AccessErrorCode>(
      'access.origin-refused',
      'This web site is not among the origins of the storefront.',
    );
  }

  private async bySession(token: string, headers: Credentials['headers']): Promise<Authenticated> {
    const session = await this.sessions.findSession(token, headers['yinke-unattended'] !== undefined);
    if (!session) throw unauthenticated('The session has ended: sign in again.');
    return { principal: session.principal, session };
  }

  private async byMerchantSession(token: string): Promise<Authenticated> {
    const principal = await this.merchantSessions.find(token);
    if (!principal) throw unauthenticated('The session has ended: sign in again.');
    return { principal };
  }
}

/** The bearer value of a request. Throws when it is of another scheme: then it is not meant for us. */
export function bearerOf({ authorization: header }: Pick<Credentials['headers'], 'authorization'>): string | undefined {
  if (header === undefined) return undefined;
  const match = /^Bearer +([\x21-\x7e]{1,4096})$/i.exec(header);
  if (!match?.[1]) throw unauthenticated('The Authorization header must read: Bearer <key or token>.');
  return match[1];
}

function unauthenticated(detail: string): DomainError<AccessErrorCode> {
  return new DomainError('access.unauthenticated', detail);
}
