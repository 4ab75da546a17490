import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../../access/index.js';
import { ProposeAdjustmentDto, AdjustmentPageDto, AdjustmentQuery, AdjustmentDto } from './adjustment.dto.js';
import { AdjustmentService } from './adjustment.service.js';
import type { AdjustmentId, MerchantId } from '../../../shared/ids.js';
import { MERCHANT_ID } from '../../../database/index.js';
import { ADJUSTMENT_ID } from '../path-ids.js';

@ApiTags('Rewards')
@Controller('v1')
export class AdjustmentController {
  constructor(private readonly adjustments: AdjustmentService) {}

  /** Proposes an adjustment; another person approves it. */
  @Allow('finance-maker')
  @Post('merchants/:id/adjustments')
  proposeAdjustment(
    @Param('id', MERCHANT_ID) merchantId: MerchantId,
    @Body() body: ProposeAdjustmentDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AdjustmentDto> {
    return this.adjustments.proposeAdjustment(merchantId, body, principal);
  }

  /** Corrections, the oldest first; `state=awaiting-approval` is what waits for a checker. */
  @Allow('finance-maker', 'finance-checker', 'auditor')
  @Get('adjustments')
  listAdjustments(@Query() query: AdjustmentQuery): Promise<AdjustmentPageDto> {
    return this.adjustments.listAdjustments(query);
  }

  /** One correction. */
  @Allow('finance-maker', 'finance-checker', 'auditor')
  @Get('adjustments/:id')
  readAdjustment(@Param('id', ADJUSTMENT_ID) id: AdjustmentId): Promise<AdjustmentDto> {
    return this.adjustments.readAdjustment(id);
  }

  /** Approves a correction, and so moves the money. */
  @Allow('finance-checker')
  @Post('adjustments/:id/approve')
  @HttpCode(200)
  approveAdjustment(
    @Param('id', ADJUSTMENT_ID) id: AdjustmentId,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AdjustmentDto> {
    return this.adjustments.approveAdjustment(id, principal);
  }

  /** Rejects a correction; nothing moves. */
  @Allow('finance-checker')
  @Post('adjustments/:id/reject')
  @HttpCode(200)
  rejectAdjustment(
    @Param('id', ADJUSTMENT_ID) id: AdjustmentId,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AdjustmentDto> {
    return this.adjustments.rejectAdjustment(id, principal);
  }
}
