import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import { PutWechatPayeeDto, WechatPayeeDto } from './wechat-payee.dto.js';
import { WechatPayeeService } from './wechat-payee.service.js';
import type { MerchantId } from '../../../shared/ids.js';
import { WALLET_OWNER_ID } from '../path-ids.js';
import { MERCHANT_ID } from '../../../database/index.js';

@ApiTags('Payouts')
@Controller('v1/merchants/:id/wechat-payee')
export class WechatPayeeController {
  constructor(private readonly payees: WechatPayeeService) {}

  /** Records the WeChat wallet that a merchant's cash may go to. */
  @Put()
  @Allow('reviewer')
  setWechatPayee(
    @CurrentPrincipal() by: Staff,
    @Param('id', MERCHANT_ID) id: MerchantId,
    @Body() body: PutWechatPayeeDto,
  ): Promise<WechatPayeeDto> {
    return this.payees.putPayee(by, id, body);
  }

  /** The WeChat wallet of a merchant, masked. */
  @Get()
  @Allow('reviewer', 'finance-maker', 'finance-checker', 'auditor')
  readWechatPayee(@Param('id', WALLET_OWNER_ID) id: MerchantId): Promise<WechatPayeeDto> {
    return this.payees.getPayee(id);
  }
}
