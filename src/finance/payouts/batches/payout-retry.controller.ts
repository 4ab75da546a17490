import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import { PayoutDraftDto } from './payout-draft.dto.js';
import { RetryPayoutDto } from './payout.dto.js';
import { PayoutDraftService } from './payout-draft.service.js';
import { PayoutQueryService } from './payout-query.service.js';
import { present } from '../../../shared/present.js';
import type { PayoutId } from '../../../shared/ids.js';
import { PAYOUT_ID } from '../path-ids.js';

@ApiTags('Payouts')
@Controller('v1/payouts')
export class PayoutRetryController {
  constructor(
    private readonly drafts: PayoutDraftService,
    private readonly queries: PayoutQueryService,
  ) {}

  /** Drafts a batch of a new payout in place of one that failed or was returned; once, and never while it is unknown. */
  @Post(':id/retry')
  @Allow('finance-maker')
  async retryPayout(
    @CurrentPrincipal() by: Staff,
    @Param('id', PAYOUT_ID) id: PayoutId,
    @Body() body: RetryPayoutDto,
  ): Promise<PayoutDraftDto> {
    return this.queries.getDraft(await this.drafts.retryPayout(by, id, present(body)));
  }
}
