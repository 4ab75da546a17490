import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../../access/index.js';
import {
  DecideHoldDto,
  OpenHoldDto,
  HoldPageDto,
  HoldQuery,
  HoldDto,
  ReleasedHoldsDto,
  ReleaseHoldsDto,
} from './hold.dto.js';
import { HoldDesk } from './hold-desk.js';
import type { HoldId, MerchantId } from '../../../shared/ids.js';
import { MERCHANT_ID } from '../../../database/index.js';
import { HOLD_ID } from '../path-ids.js';

@ApiTags('Rewards')
@Controller('v1')
export class HoldController {
  constructor(private readonly desk: HoldDesk) {}

  /** Puts a reward, or what a merchant has available, on hold until another person has reviewed it. */
  @Allow('finance-maker', 'reviewer')
  @Post('holds')
  openHold(@Body() body: OpenHoldDto, @CurrentPrincipal() principal: Principal): Promise<HoldDto> {
    return this.desk.open(body, principal);
  }

  /** Holds, the oldest first. */
  @Allow('staff')
  @Get('holds')
  listHolds(@Query() query: HoldQuery): Promise<HoldPageDto> {
    return this.desk.list(query);
  }

  /** One hold. */
  @Allow('staff')
  @Get('holds/:id')
  readHold(@Param('id', HOLD_ID) id: HoldId): Promise<HoldDto> {
    return this.desk.read(id);
  }

  /** Releases what is on hold; a reward inside its waiting period becomes pending again. */
  @Allow('finance-checker')
  @Post('holds/:id/release')
  @HttpCode(200)
  releaseHold(
    @Param('id', HOLD_ID) id: HoldId,
    @Body() body: DecideHoldDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<HoldDto> {
    return this.desk.release(id, body, principal);
  }

  /** Takes what is on hold from the merchant; 409 `hold.not-voidable` for what a payout brought back. */
  @Allow('finance-checker')
  @Post('holds/:id/void')
  @HttpCode(200)
  voidHold(
    @Param('id', HOLD_ID) id: HoldId,
    @Body() body: DecideHoldDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<HoldDto> {
    return this.desk.void(id, body, principal);
  }

  /** Releases every open hold of a merchant that has this cause and that another person made. */
  @Allow('finance-checker')
  @Post('merchants/:id/holds/release')
  @HttpCode(200)
  releaseHolds(
    @Param('id', MERCHANT_ID) merchantId: MerchantId,
    @Body() body: ReleaseHoldsDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ReleasedHoldsDto> {
    return this.desk.releaseAll(merchantId, body, principal);
  }
}
