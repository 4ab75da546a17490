import {
  Body,
  Catch,
  Controller,
  Headers,
  HttpCode,
  Post,
  UseFilters,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { ApiBody, ApiNotFoundResponse, ApiUnauthorizedResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../../../access/index.js';
import { DomainError } from '../../../shared/domain-error.js';
import { WECHAT_NOTIFICATION_PATH } from '../rails/wechat-pay.rail.js';
import { WechatPayNotificationService } from './wechat-pay-notification.service.js';

/** Refusals as WeChat Pay reads them. */
@Catch(DomainError)
class WechatPayRefusal implements ExceptionFilter<DomainError> {
  catch({ code, detail }: DomainError, host: ArgumentsHost): void {
    const status = code === 'payout.notification-unknown' ? 404 : 401;
    void host.switchToHttp().getResponse<FastifyReply>().status(status).send({ code: 'FAIL', message: detail });
  }
}

const REFUSAL = {
  'application/json': {
    schema: {
      type: 'object' as const,
      required: ['code', 'message'],
      properties: { code: { type: 'string' as const }, message: { type: 'string' as const } },
    },
    example: { code: 'FAIL', message: 'There is no such transfer.' },
  },
};

@ApiTags('Payouts')
@Controller(WECHAT_NOTIFICATION_PATH)
export class WechatPayNotificationController {
  constructor(private readonly notifications: WechatPayNotificationService) {}

  /** For WeChat Pay alone: the outcome of a transfer, signed and encrypted. */
  @Post()
  @HttpCode(204)
  @Allow('anyone')
  @UseFilters(WechatPayRefusal)
  @ApiBody({ schema: { type: 'object' } })
  @ApiUnauthorizedResponse({ description: 'Not a notification that can be believed', content: REFUSAL })
  @ApiNotFoundResponse({ description: 'No such transfer', content: REFUSAL })
  receiveWechatPayNotification(
    @Headers() headers: Record<string, string | undefined>,
    @Body() body: unknown,
  ): Promise<void> {
    return this.notifications.receive(
      {
        timestamp: headers['wechatpay-timestamp'],
        nonce: headers['wechatpay-nonce'],
        serial: headers['wechatpay-serial'],
        signature: headers['wechatpay-signature'],
      },
      Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    );
  }
}
