import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import { CancelTransferService } from './cancel-transfer.service.js';
import { CancelTransferDto, type PayoutDto } from '../batches/payout.dto.js';
import { PayoutQueryService } from '../batches/payout-query.service.js';
import type { PayoutId } from '../../../shared/ids.js';
import { PAYOUT_ID } from '../path-ids.js';

@ApiTags('Payouts')
@Controller('v1/payouts')
export class CancelTransferController {
  constructor(
    private readonly cancels: CancelTransferService,
    private readonly queries: PayoutQueryService,
  ) {}

  /**
   * Asks WeChat Pay to cancel a transfer that its payee has not agreed to. The payout stays open until WeChat Pay's query
   * says that it is cancelled; when the payee agrees first, it is paid. Twice is the same.
   */
  @Post(':id/cancel-transfer')
  @HttpCode(200)
  @Allow('finance-maker')
  async cancelTransfer(
    @CurrentPrincipal() by: Staff,
    @Param('id', PAYOUT_ID) id: PayoutId,
    @Body() { reason }: CancelTransferDto,
  ): Promise<PayoutDto> {
    await this.cancels.cancelTransfer(by, id, reason);
    return this.queries.getPayout(id);
  }
}
