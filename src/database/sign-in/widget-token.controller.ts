import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  WIDGET_MINUTES,
  WidgetTokens,
  type AccessErrorCode,
  type Principal,
} from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { DomainError } from '../../shared/domain-error.js';
import type { MerchantId } from '../../shared/ids.js';
import { MerchantRepository } from '../merchants/merchant.repository.js';
import { MERCHANT_ID } from '../path-ids.js';
import { CreateWidgetTokenDto, WidgetTokenDto } from './widget-token.dto.js';

@ApiTags('Merchants’ sign-in')
@Controller('v1/merchants')
export class WidgetTokenController {
  constructor(
    private readonly tokens: WidgetTokens,
    private readonly merchants: MerchantRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** A token with which a widget on the shop's pages reads what one merchant has, for an hour at most. From the storefront's origins alone. */
  @Post(':id/widget-tokens')
  @Allow('secret-key')
  async createWidgetToken(
    @Param('id', MERCHANT_ID) id: MerchantId,
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateWidgetTokenDto,
  ): Promise<WidgetTokenDto> {
    if (principal.kind !== 'storefront')
      throw new DomainError<AccessErrorCode>('access.forbidden', 'Only a storefront may do this.');
    await this.merchants.get(this.unitOfWork.reader, id);
    const claims = { merchant: id, storefront: principal.storefrontId };
    const { token, expiresAt } = this.tokens.issue(claims, body.minutes ?? WIDGET_MINUTES);
    return { token, expiresAt: expiresAt.toISOString() };
  }
}
