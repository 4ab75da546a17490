import { randomBytes } from 'node:crypto';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import { Clock } from '../../core/clock.js';
import { Config } from '../../core/config.js';
import { DomainError } from '../../shared/domain-error.js';
import type { DatabaseErrorCode } from '../errors.js';
import { shareSignature } from './share-signature.js';
import { WechatAccount } from './wechat-account.js';
import { ShareSignatureDto, ShareSignatureQuery } from './wechat-share.dto.js';

@ApiTags('Merchants')
@Controller('v1/wechat')
export class WechatShareController {
  constructor(
    private readonly wechat: WechatAccount,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** What lets a page of the portal say how WeChat shows what is shared from it. 404 `wechat.not-configured` without an account at WeChat. */
  @Get('share-signature')
  @Allow('merchant')
  async readShareSignature(@Query() query: ShareSignatureQuery): Promise<ShareSignatureDto> {
    const appId = this.wechat.appId();
    const url = this.ownPage(query.url);
    const ticket = await this.wechat.jsTicket();
    const timestamp = Math.floor(this.clock.now().getTime() / 1000);
    const nonce = randomBytes(12).toString('base64url');
    return { appId, timestamp, nonceStr: nonce, signature: shareSignature({ ticket, nonce, timestamp, url }) };
  }

  private ownPage(given: string): string {
    const { publicUrl } = this.config;
    if (publicUrl !== null && URL.canParse(given) && new URL(given).origin === new URL(publicUrl).origin)
      return given.split('#', 1).join('');
    throw new DomainError<DatabaseErrorCode>('wechat.foreign-page', 'This is no page of this installation.');
  }
}
