import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import type { PayoutId } from '../../shared/ids.js';
import { PAYOUT_ID } from '../payouts/index.js';
import { PageQuery } from '../../shared/page.dto.js';
import { PayoutRewardPageDto } from './payout-reward.dto.js';
import { RewardReadingService } from './reward-reading.service.js';

@ApiTags('Rewards')
@Controller('v1/payouts')
export class PayoutRewardController {
  constructor(private readonly rewards: RewardReadingService) {}

  /**
   * The rewards that a payout was the first to pay from: those that became available after the payout before, in the order
   * in which they did. A payout is of a balance; corrections and what was settled from it are not among them.
   */
  @Allow('finance-maker', 'finance-checker', 'auditor')
  @Get(':id/rewards')
  listPayoutRewards(
    @Param('id', PAYOUT_ID) payoutId: PayoutId,
    @Query() query: PageQuery,
  ): Promise<PayoutRewardPageDto> {
    return this.rewards.listPayoutRewards(payoutId, query);
  }
}
