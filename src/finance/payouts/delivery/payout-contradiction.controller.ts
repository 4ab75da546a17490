import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import { pageRequest } from '../../../shared/page.dto.js';
import {
  ContradictionQuery,
  PayoutContradictionDto,
  PayoutContradictionPageDto,
  SettleContradictionDto,
} from './payout-contradiction.dto.js';
import { PayoutContradictionService } from './payout-contradiction.service.js';
import type { PayoutContradictionId } from '../../../shared/ids.js';
import { CONTRADICTION_ID } from '../path-ids.js';

@ApiTags('Payouts')
@Controller('v1/payout-contradictions')
export class PayoutContradictionController {
  constructor(private readonly contradictions: PayoutContradictionService) {}

  /** What called rails said against the books (paid after it had failed, failed after it was paid …), the oldest first. */
  @Get()
  @Allow('finance-maker', 'finance-checker', 'auditor')
  listPayoutContradictions(@Query() query: ContradictionQuery): Promise<PayoutContradictionPageDto> {
    return this.contradictions.listContradictions(query.state, pageRequest(query));
  }

  /** Settles a contradiction with a reason, after it was cleared with the bank; moves no money. */
  @Post(':id/settle')
  @HttpCode(200)
  @Allow('finance-maker')
  settlePayoutContradiction(
    @CurrentPrincipal() by: Staff,
    @Param('id', CONTRADICTION_ID) id: PayoutContradictionId,
    @Body() { reason }: SettleContradictionDto,
  ): Promise<PayoutContradictionDto> {
    return this.contradictions.settleContradiction(by, id, reason);
  }
}
