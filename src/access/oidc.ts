import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { Clock } from '../core/clock.js';
import { Config } from '../core/config.js';
import { Logger } from '../core/logger.js';
import { DomainError } from '../shared/domain-error.js';
import { SealedText } from '../shared/sealed-text.js';
import type { AccessErrorCode } from './errors.js';

/** For how long a browser may be away at the provider. */
export const OIDC_MINUTES = 10;
export const OIDC_CALLBACK = '/v1/staff/oidc/callback';
const TIMEOUT_SECONDS = 10;
const PURPOSE = 'oidc way';

/** The way to the provider, and what the browser keeps for when it comes back. */
export interface WayToProvider {
  url: string;
  mark: string;
}

/** What of a way is checked when somebody comes back; it stands, sealed, in a cookie of the browser that went. */
interface Way {
  state: string;
  nonce: string;
  verifier: string;
  until: number;
}

/** The operator's own sign-in (OpenID Connect): code flow with PKCE; state and nonce are bound to the browser. */
@Injectable()
export class Oidc {
  private readonly seal: SealedText;
  private known: Promise<oidc.Configuration> | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Config,
  ) {
    this.seal = new SealedText(config.dataKeys, 'yinke oidc');
  }

  get isOn(): boolean {
    const { oidcIssuer, oidcClientId, oidcClientSecret, publicUrl } = this.config;
    return oidcIssuer !== null && oidcClientId !== null && oidcClientSecret !== null && publicUrl !== null;
  }

  /** Where the browser goes. Throws `oidc.not-configured`, `oidc.away`. */
  async start(): Promise<WayToProvider> {
    const provider = await this.provider();
    const verifier = oidc.randomPKCECodeVerifier();
    const until = this.clock.now().getTime() + OIDC_MINUTES * 60_000;
    const way: Way = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier, until };
    const url = oidc.buildAuthorizationUrl(provider, {
      redirect_uri: this.callback().href,
      scope: 'openid email',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: way.state,
      nonce: way.nonce,
    });
    return { url: url.href, mark: Buffer.from(this.seal.seal(JSON.stringify(way), PURPOSE)).toString('base64url') };
  }

  /**
   * The verified e-mail address of who comes back with these parameters. Throws `oidc.not-configured`, `oidc.away`, and `oidc.refused` for
   * what was not begun in this browser, was used, or shows nobody whom the settings let in.
   */
  async finish(query: string, mark: string | undefined): Promise<string> {
    const provider = await this.provider();
    const way = this.wayOf(mark);
    const url = this.callback();
    url.search = query;
    try {
      const tokens = await oidc.authorizationCodeGrant(provider, url, {
        pkceCodeVerifier: way.verifier,
        expectedState: way.state,
        expectedNonce: way.nonce,
        idTokenExpected: true,
      });
      const told = tokens.claims();
      if (!told) throw refused('The provider told nothing about the person.');
      // Many providers keep the address out of the ID token.
      const more = provider.serverMetadata().userinfo_endpoint
        ? await oidc.fetchUserInfo(provider, tokens.access_token, told.sub)
        : {};
      return this.emailOf({ ...more, ...told });
    } catch (err) {
      if (err instanceof DomainError) throw err;
      this.logger.warn('a sign-in by OpenID Connect was refused', { err });
      throw refused('The provider’s answer is not good.');
    }
  }

  private emailOf(claims: Readonly<Record<string, unknown>>): string {
    const { email, email_verified: verified } = claims;
    const wanted = this.config.oidcClaim;
    const held = wanted && claims[wanted.name];
    const holds = wanted === null || held === wanted.value || (Array.isArray(held) && held.includes(wanted.value));
    if (!holds) throw refused('The provider does not let this person in here.');
    if (typeof email !== 'string' || verified !== true) throw refused('The e-mail address is not verified.');
    return email;
  }

  private wayOf(mark: string | undefined): Way {
    try {
      const way = JSON.parse(this.seal.open(Buffer.from(mark ?? '', 'base64url').toString(), PURPOSE)) as Way;
      if (way.until > this.clock.now().getTime()) return way;
    } catch {
      // A mark that is not ours is none.
    }
    throw refused('It was not begun in this browser, or too long ago.');
  }

  private callback(): URL {
    return new URL(OIDC_CALLBACK, this.config.publicUrl ?? undefined);
  }

  /** What the provider says of itself, asked once; again after it could not be had. */
  private async provider(): Promise<oidc.Configuration> {
    const { oidcIssuer, oidcClientId, oidcClientSecret } = this.config;
    if (!this.isOn || oidcIssuer === null || oidcClientId === null || oidcClientSecret === null)
      throw new DomainError<AccessErrorCode>('oidc.not-configured', 'There is no provider: see .env.example.');
    const issuer = new URL(oidcIssuer);
    // Without https only on this machine: the setting takes nothing else.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out, not to go away
    const insecure = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    // By TLS alone it is known who answers; the signature says so as well.
    const execute = [oidc.enableNonRepudiationChecks, ...insecure];
    this.known ??= oidc.discovery(issuer, oidcClientId, oidcClientSecret, undefined, {
      execute,
      timeout: TIMEOUT_SECONDS,
    });
    try {
      return await this.known;
    } catch (err) {
      this.known = null;
      this.logger.warn('the OpenID Connect provider could not be reached', { err });
      throw new DomainError<AccessErrorCode>('oidc.away', 'The provider does not answer.');
    }
  }
}

function refused(detail: string): DomainError<AccessErrorCode> {
  return new DomainError('oidc.refused', detail);
}
