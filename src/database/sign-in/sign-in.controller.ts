import type { SessionId } from '../../shared/ids.js';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  Allow,
  CLEARED_AT_SIGN_OUT,
  CODE_MINUTES,
  CurrentMerchant,
  CurrentOrigin,
  MERCHANT_COOKIE,
  MerchantSessionListDto,
  MerchantSessions,
  SESSION_ID,
  sessionCookie,
  type MerchantPrincipal,
  type SignInOrigin,
} from '../../access/index.js';
import { Clock } from '../../core/clock.js';
import { Config } from '../../core/config.js';
import { deviceWords } from '../../shared/device-words.js';
import { ContactService } from '../merchants/contact.service.js';
import { RequestConfirmationCodeDto, SentCodeDto } from '../merchants/contact.dto.js';
import {
  MerchantSessionDto,
  RequestSignInCodeDto,
  SignInMerchantDto,
  SignInMethodsDto,
  StartedMerchantSessionDto,
} from './sign-in.dto.js';
import { SignInService } from './sign-in.service.js';
import { CODE_COOKIE, markOf, newMark, WECHAT_COOKIE } from './browser-marks.js';

const SENT: SentCodeDto = { expiresInMinutes: CODE_MINUTES };

@ApiTags('Merchants’ sign-in')
@Controller('v1/merchants')
export class SignInController {
  constructor(
    private readonly service: SignInService,
    private readonly contacts: ContactService,
    private readonly sessions: MerchantSessions,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** By what merchants can sign in here. */
  @Get('sign-in-methods')
  @Allow('anyone')
  readSignInMethods(): SignInMethodsDto {
    return this.service.methods();
  }

  /** Sends a code to an e-mail address or telephone, if it is a merchant's. The answer is the same if it is not. */
  @Post('sign-in-codes')
  @HttpCode(202)
  @Allow('anyone')
  async requestSignInCode(
    @Body() body: RequestSignInCodeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentCodeDto> {
    const mark = markOf(request, this.config.publicUrl, CODE_COOKIE) ?? newMark();
    await this.service.requestCode(body, body.language ?? null, mark);
    const until = new Date(this.clock.now().getTime() + CODE_MINUTES * 60_000);
    void reply.header('set-cookie', sessionCookie(mark, until, this.config.publicUrl, { name: CODE_COOKIE }));
    return SENT;
  }

  /**
   * Signs a merchant in: a bearer token, and the same as an HttpOnly cookie. By the code that was sent to the `email` or `phone`, or
   * the first time by the token of the application, or by a WeChat account that the merchant has linked. Where several merchants share the contact, 409 `sign-in.choose-merchant` lists them.
   */
  @Post('sessions')
  @Allow('anyone')
  async signInMerchant(
    @Body() body: SignInMerchantDto,
    @CurrentOrigin() origin: SignInOrigin,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StartedMerchantSessionDto> {
    const session = await this.service.signIn(body, {
      ...origin,
      wentToWechat: markOf(request, this.config.publicUrl, WECHAT_COOKIE),
      askedForCode: markOf(request, this.config.publicUrl, CODE_COOKIE),
    });
    void reply.header('set-cookie', this.cookie(session.token, new Date(session.expiresAt)));
    return session;
  }

  /** Where the merchant is signed in, the latest first. */
  @Get('sessions')
  @Allow('merchant')
  async listMerchantSessions(@CurrentMerchant() merchant: MerchantPrincipal): Promise<MerchantSessionListDto> {
    const rows = await this.sessions.list(merchant.merchantId);
    return {
      items: rows.map(({ id, way, userAgent, address, createdAt, expiresAt }) => ({
        id,
        way,
        device: deviceWords(userAgent),
        address,
        startedAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        current: id === merchant.sessionId,
      })),
    };
  }

  /** Signs the merchant out everywhere else. */
  @Delete('sessions')
  @HttpCode(204)
  @Allow('merchant')
  endOtherMerchantSessions(@CurrentMerchant() merchant: MerchantPrincipal): Promise<void> {
    return this.sessions.endOthers(merchant);
  }

  /** Which merchant is signed in. */
  @Get('sessions/current')
  @Allow('merchant')
  readCurrentMerchantSession(@CurrentMerchant() merchant: MerchantPrincipal): Promise<MerchantSessionDto> {
    return this.service.describe(merchant);
  }

  /** Signs the merchant out. */
  @Delete('sessions/current')
  @HttpCode(204)
  @Allow('merchant')
  async signOutMerchant(
    @CurrentMerchant() merchant: MerchantPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end(merchant, merchant.sessionId);
    void reply.header('set-cookie', this.cookie('', new Date(0))).header('clear-site-data', CLEARED_AT_SIGN_OUT);
  }

  /** Sends a code to the signed-in merchant, for what needs a fresh one: the bank account, another contact. */
  @Post('sessions/current/codes')
  @HttpCode(202)
  @Allow('merchant')
  async requestConfirmationCode(
    @CurrentMerchant() merchant: MerchantPrincipal,
    @Body() body: RequestConfirmationCodeDto,
  ): Promise<SentCodeDto> {
    await this.contacts.requestConfirmation(merchant, body.via);
    return SENT;
  }

  /** Signs the merchant out in one place. */
  @Delete('sessions/:session')
  @HttpCode(204)
  @Allow('merchant')
  endMerchantSession(
    @CurrentMerchant() merchant: MerchantPrincipal,
    @Param('session', SESSION_ID) session: SessionId,
  ): Promise<void> {
    return this.sessions.end(merchant, session);
  }

  private cookie(token: string, expires: Date): string {
    return sessionCookie(token, expires, this.config.publicUrl, { name: MERCHANT_COOKIE });
  }
}
