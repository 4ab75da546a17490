import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Config } from '../core/config.js';
import { Allow, CurrentPrincipal, CurrentSession } from './allow.decorator.js';
import type { Principal } from './principal.js';
import { sessionCookie } from './session-cookie.js';
import { SessionService } from './session.service.js';
import { CreatedSessionDto, SessionDto, SignInDto } from './staff.dto.js';
import type { LiveSession } from './staff.repository.js';

@ApiTags('Staff and storefronts')
@Controller('v1/staff/sessions')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Signs in: a bearer token, and the same as an HttpOnly cookie. */
  @Post()
  @Allow('anyone')
  async signIn(@Body() body: SignInDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<CreatedSessionDto> {
    const session = await this.sessions.signIn(body);
    void reply.header('set-cookie', sessionCookie(session.token, new Date(session.expiresAt), this.config.publicUrl));
    return session;
  }

  /** Who is signed in. */
  @Get('current')
  @Allow('staff')
  readCurrentSession(@CurrentSession() session: LiveSession): SessionDto {
    return this.sessions.describe(session);
  }

  /** Signs out. */
  @Delete('current')
  @Allow('staff')
  @HttpCode(204)
  async signOut(
    @CurrentPrincipal() principal: Principal,
    @CurrentSession() session: LiveSession,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endSession(principal, session.sessionId);
    void reply.header('set-cookie', sessionCookie('', new Date(0), this.config.publicUrl));
  }
}
