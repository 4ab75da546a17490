import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import { PayoutDraftDto } from './payout-draft.dto.js';
import { PayoutDto, RetryPayoutDto } from './payout.dto.js';
import { PayoutDraftService } from './payout-draft.service.js';
import { PayoutQueryService } from './payout-query.service.js';
import { present } from '../../../shared/present.js';
import type { PayoutId } from '../../../shared/ids.js';
import { PAYOUT_ID } from '../path-ids.js';

@ApiTags('Payouts')
@Controller('v1/payouts')
export class SinglePayoutController {
  constructor(
    private readonly drafts: PayoutDraftService,
    private readonly queries: PayoutQueryService,
  ) {}

  /** One payout. */
  @Get(':id')
  @Allow('finance-maker', 'finance-checker', 'auditor')
  readPayout(@Param('id', PAYOUT_ID) id: PayoutId): Promise<PayoutDto> {
    return this.queries.getPayout(id);
  }

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
