import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, CODE_MINUTES, CurrentMerchant, sessionCookie, type MerchantPrincipal } from '../../access/index.js';
import { Clock } from '../../core/clock.js';
import { Config } from '../../core/config.js';
import type { MerchantId } from '../../shared/ids.js';
import { MERCHANT_ID } from '../path-ids.js';
import { LinkWechatDto, MerchantWechatDto, WechatAuthorizationDto } from './wechat-sign-in.dto.js';
import { WechatLinks, type WayToWechat } from './wechat-links.service.js';
import { markOf, WECHAT_COOKIE } from './browser-marks.js';

@ApiTags('Merchants’ sign-in')
@Controller('v1/merchants')
export class WechatSignInController {
  constructor(
    private readonly links: WechatLinks,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /**
   * The way to WeChat for who wants to sign in: it sends them to the portal with `code` and `state`, which `POST /v1/merchants/sessions` takes from
   * the same browser (a cookie). 404 `wechat.not-configured` without an account at WeChat.
   */
  @Post('wechat-authorizations')
  @Allow('anyone')
  async requestWechatSignIn(@Res({ passthrough: true }) reply: FastifyReply): Promise<WechatAuthorizationDto> {
    return this.send(await this.links.authorize('sign-in'), reply);
  }

  /** The way to WeChat for a merchant who wants to link their account; `PUT …/wechat` takes what comes back. */
  @Post(':id/wechat-authorizations')
  @Allow('merchant')
  async requestWechatLink(
    @Param('id', MERCHANT_ID) _id: MerchantId,
    @CurrentMerchant() { merchantId }: MerchantPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WechatAuthorizationDto> {
    return this.send(await this.links.authorize({ linkTo: merchantId }), reply);
  }

  /** Whether a WeChat account signs the merchant in. */
  @Get(':id/wechat')
  @Allow('merchant')
  readMerchantWechat(
    @Param('id', MERCHANT_ID) _id: MerchantId,
    @CurrentMerchant() merchant: MerchantPrincipal,
  ): Promise<MerchantWechatDto> {
    return this.links.describe(merchant);
  }

  /**
   * Links the WeChat account that comes back, in place of the one before, and tells the contact. Where there is a contact, the session must be
   * fresh or `confirmation` hold a code that was sent to it.
   */
  @Put(':id/wechat')
  @Allow('merchant')
  replaceMerchantWechat(
    @Param('id', MERCHANT_ID) _id: MerchantId,
    @CurrentMerchant() merchant: MerchantPrincipal,
    @Body() body: LinkWechatDto,
    @Req() request: FastifyRequest,
  ): Promise<MerchantWechatDto> {
    return this.links.link(merchant, body, markOf(request, this.config.publicUrl, WECHAT_COOKIE));
  }

  /** Takes the WeChat account off, and tells the contact. */
  @Delete(':id/wechat')
  @HttpCode(204)
  @Allow('merchant')
  endMerchantWechat(
    @Param('id', MERCHANT_ID) _id: MerchantId,
    @CurrentMerchant() merchant: MerchantPrincipal,
  ): Promise<void> {
    return this.links.unlink(merchant);
  }

  private send({ url, browser }: WayToWechat, reply: FastifyReply): WechatAuthorizationDto {
    const until = new Date(this.clock.now().getTime() + CODE_MINUTES * 60_000);
    void reply.header('set-cookie', sessionCookie(browser, until, this.config.publicUrl, { name: WECHAT_COOKIE }));
    return { url };
  }
}
