import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../access/index.js';
import { AdjustmentDto, AdjustmentView } from './adjustment.dto.js';
import { AdjustmentService } from './adjustment.service.js';

@ApiTags('Finance')
@ApiBearerAuth()
@Controller('v1')
export class AdjustmentController {
  constructor(private readonly adjustments: AdjustmentService) {}

  /** Proposes a correction by hand; somebody else approves it. */
  @Allow('finance-maker')
  @Post('merchants/:id/adjustments')
  propose(
    @Param('id') merchantId: string,
    @Body() body: AdjustmentDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AdjustmentView> {
    return this.adjustments.proposeAdjustment(merchantId, body, principal);
  }

  /** Approves a correction, and so moves the money. */
  @Allow('finance-checker')
  @Post('adjustments/:id/approve')
  @HttpCode(200)
  approve(@Param('id') id: string, @CurrentPrincipal() principal: Principal): Promise<AdjustmentView> {
    return this.adjustments.approveAdjustment(id, principal);
  }

  /** Rejects a correction; nothing moves. */
  @Allow('finance-checker')
  @Post('adjustments/:id/reject')
  @HttpCode(200)
  reject(@Param('id') id: string, @CurrentPrincipal() principal: Principal): Promise<AdjustmentView> {
    return this.adjustments.rejectAdjustment(id, principal);
  }
}
