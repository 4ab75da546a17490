import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import { RewardReadingService } from './reward-reading.service.js';
import { RewardDetailView, RewardPage, RewardQuery } from './reward.dto.js';

@ApiTags('Rewards')
@Controller('v1/rewards')
export class RewardController {
  constructor(private readonly rewards: RewardReadingService) {}

  /** Rewards, the oldest first unless asked for otherwise. */
  @Allow('staff')
  @Get()
  listRewards(@Query() query: RewardQuery): Promise<RewardPage> {
    return this.rewards.listRewards(query);
  }

  /** A reward, why it is so much in words and numbers, and everything that has happened to it. */
  @Allow('staff')
  @Get(':id')
  readReward(@Param('id') id: string): Promise<RewardDetailView> {
    return this.rewards.readReward(id);
  }
}
