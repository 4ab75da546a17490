import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import { BatchPauseService } from './batch-pause.service.js';
import type { PayoutBatchDto } from './payout-batch.dto.js';
import { PayoutQueryService } from './payout-query.service.js';
import type { PayoutBatchId } from '../../../shared/ids.js';
import { BATCH_ID } from '../path-ids.js';

@ApiTags('Payouts')
@Controller('v1/payout-batches')
export class BatchPauseController {
  constructor(
    private readonly pauses: BatchPauseService,
    private readonly queries: PayoutQueryService,
  ) {}

  /** Tries a paused batch again at once: the account was topped up, or the fault of the set-up is mended. */
  @Post(':id/resume')
  @HttpCode(200)
  @Allow('finance-maker')
  async resumePayoutBatch(
    @CurrentPrincipal() by: Staff,
    @Param('id', BATCH_ID) id: PayoutBatchId,
  ): Promise<PayoutBatchDto> {
    await this.pauses.resumeBatch(by, id);
    return this.queries.getBatch(id);
  }
}
