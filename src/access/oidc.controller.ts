import { Controller, Get, Headers, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../core/clock.js';
import { Config } from '../core/config.js';
import { DomainError } from '../shared/domain-error.js';
import { Allow } from './allow.decorator.js';
import { Oidc, OIDC_MINUTES } from './oidc.js';
import { readSessionCookie, sessionCookie } from './session-cookie.js';
import { SessionService } from './session.service.js';
import { CurrentOrigin, type SignInOrigin } from './sign-in-origin.js';
import { SignInWaysDto } from './staff.dto.js';

const COOKIE = 'yinke_oidc';

/** Addresses that a browser goes to; what is refused leads back to the console, which says why. */
@ApiTags('Staff and storefronts')
@Controller('v1/staff')
@Allow('anyone')
export class OidcController {
  constructor(
    private readonly oidc: Oidc,
    private readonly sessions: SessionService,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** How staff sign in here. */
  @Get('sign-in-ways')
  listSignInWays(): SignInWaysDto {
    return { password: true, oidc: this.oidc.isOn };
  }

  @Get('oidc')
  @ApiExcludeEndpoint()
  async startOidc(@Headers('sec-fetch-site') from: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    // Another web site signs nobody in unasked: the person presses the button.
    if (from === 'cross-site' || from === 'same-site') {
      await reply.header('cache-control', 'no-store').redirect('/console/', 302);
      return;
    }
    await this.leading(reply, async () => {
      const { url, mark } = await this.oidc.start();
      this.mark(reply, mark, new Date(this.clock.now().getTime() + OIDC_MINUTES * 60_000));
      return url;
    });
  }

  @Get('oidc/callback')
  @ApiExcludeEndpoint()
  async finishOidc(
    @Req() request: FastifyRequest,
    @CurrentOrigin() origin: SignInOrigin,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const mark = readSessionCookie(request.headers.cookie, this.config.publicUrl, COOKIE);
    // It is of use once.
    this.mark(reply, '', new Date(0));
    await this.leading(reply, async () => {
      const email = await this.oidc.finish(new URL(request.url, 'http://here').search, mark);
      const { token, expiresAt } = await this.sessions.signInByProvider(email, origin);
      void reply.header('set-cookie', sessionCookie(token, new Date(expiresAt), this.config.publicUrl));
      return '/console/';
    });
  }

  private async leading(reply: FastifyReply, way: () => Promise<string>): Promise<void> {
    let url: string;
    try {
      url = await way();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      url = `/console/?refused=${encodeURIComponent(String(error.code))}`;
    }
    await reply.header('cache-control', 'no-store').redirect(url, 302);
  }

  /** Lax, since the browser comes back from another web site. */
  private mark(reply: FastifyReply, mark: string, until: Date): void {
    const options = { name: COOKIE, sameSite: 'Lax' } as const;
    void reply.header('set-cookie', sessionCookie(mark, until, this.config.publicUrl, options));
  }
}
