import type { SessionId } from '../shared/ids.js';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Config } from '../core/config.js';
import { Allow, CurrentPrincipal, CurrentSession } from './allow.decorator.js';
import { SESSION_ID } from './path-ids.js';
import type { Principal } from './principal.js';
import { CLEARED_AT_SIGN_OUT, sessionCookie } from './session-cookie.js';
import { CurrentOrigin, type SignInOrigin } from './sign-in-origin.js';
import { SessionService } from './session.service.js';
import { ChangePasswordDto, CreatedSessionDto, SessionDto, SignInDto, StaffSessionListDto } from './staff.dto.js';
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
  async signIn(
    @Body() body: SignInDto,
    @CurrentOrigin() origin: SignInOrigin,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedSessionDto> {
    const session = await this.sessions.signIn(body, origin);
    void reply.header('set-cookie', sessionCookie(session.token, new Date(session.expiresAt), this.config.publicUrl));
    return session;
  }

  /** Who is signed in. */
  @Get('current')
  @Allow('staff', 'enrolling')
  readCurrentSession(@CurrentSession() session: LiveSession): SessionDto {
    return this.sessions.describe(session);
  }

  /** Signs out. */
  @Delete('current')
  @Allow('staff', 'enrolling')
  @HttpCode(204)
  async signOut(
    @CurrentPrincipal() principal: Principal,
    @CurrentSession() session: LiveSession,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endSession(principal, session.principal.staffId, session.sessionId);
    void reply
      .header('set-cookie', sessionCookie('', new Date(0), this.config.publicUrl))
      .header('clear-site-data', CLEARED_AT_SIGN_OUT);
  }

  /** Where the caller is signed in, the latest first. */
  @Get()
  @Allow('staff')
  async listSessions(@CurrentSession() session: LiveSession): Promise<StaffSessionListDto> {
    return { items: await this.sessions.list(session.principal.staffId, session.sessionId) };
  }

  /** Signs the caller out everywhere else. */
  @Delete()
  @Allow('staff')
  @HttpCode(204)
  endOtherSessions(@CurrentSession() { principal, sessionId }: LiveSession): Promise<void> {
    return this.sessions.endSessions(principal, principal.staffId, sessionId);
  }

  /** Changes the caller's password, and signs them out everywhere else. */
  @Post('current/password')
  @Allow('staff')
  @HttpCode(204)
  replacePassword(@CurrentSession() session: LiveSession, @Body() body: ChangePasswordDto): Promise<void> {
    return this.sessions.changePassword(session, body);
  }

  /** Signs the caller out in one place. */
  @Delete(':session')
  @Allow('staff')
  @HttpCode(204)
  endSession(
    @CurrentSession() { principal }: LiveSession,
    @Param('session', SESSION_ID) session: SessionId,
  ): Promise<void> {
    return this.sessions.endSession(principal, principal.staffId, session);
  }
}
