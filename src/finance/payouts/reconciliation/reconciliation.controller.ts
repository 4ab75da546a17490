import { Controller, Get, Headers, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { PageQuery, pageRequest } from '../../../shared/page.dto.js';
import { batchesCsv, payoutsCsv } from './reconciliation-csv.js';
import {
  ReconciledPayoutDto,
  ReconciledPayoutPageDto,
  ReconciliationPageDto,
  ReconciliationQuery,
} from './reconciliation.dto.js';
import { ReconciliationService } from './reconciliation.service.js';
import type { PayoutBatchId, PayoutId } from '../../../shared/ids.js';
import { BATCH_ID, PAYOUT_ID } from '../path-ids.js';

const CSV = /\btext\/csv\b/;

@ApiTags('Bank reports')
@Controller('v1/finance/reconciliation')
@Allow('finance-maker', 'finance-checker', 'auditor')
export class ReconciliationController {
  constructor(private readonly reconciliation: ReconciliationService) {}

  /** Batches that were sent, the latest first, and what became of them; with `Accept: text/csv` all of them as CSV. */
  @Get()
  @ApiOkResponse({ type: ReconciliationPageDto })
  async listReconciledBatches(
    @Query() query: ReconciliationQuery,
    @Headers('accept') accept = '',
  ): Promise<ReconciliationPageDto | StreamableFile> {
    const { currency, rail, open } = query;
    const filter = { ...(currency && { currency }), ...(rail && { rail }), onlyOpen: open === 'true' };
    if (CSV.test(accept)) return batchesCsv(this.reconciliation.streamBatches(filter));
    return this.reconciliation.listBatches(filter, pageRequest(query));
  }

  /** One payout: its reference, the bank's lines, and its journals. */
  @Get('payouts/:id')
  readReconciledPayout(@Param('id', PAYOUT_ID) id: PayoutId): Promise<ReconciledPayoutDto> {
    return this.reconciliation.getPayout(id);
  }

  /** The payouts of a batch with the bank's lines and their journals; with `Accept: text/csv` all of them as CSV. */
  @Get(':id')
  @ApiOkResponse({ type: ReconciledPayoutPageDto })
  async listReconciledPayouts(
    @Param('id', BATCH_ID) id: PayoutBatchId,
    @Query() query: PageQuery,
    @Headers('accept') accept = '',
  ): Promise<ReconciledPayoutPageDto | StreamableFile> {
    if (CSV.test(accept)) return payoutsCsv(id, await this.reconciliation.streamPayouts(id));
    return this.reconciliation.listPayouts(id, pageRequest(query));
  }
}
