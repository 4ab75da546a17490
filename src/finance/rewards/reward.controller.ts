import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import { RewardReadingService } from './reward-reading.service.js';
import { RewardDetailView, RewardPage, RewardQuery } from './reward.dto.js';

@ApiTags('Finance')
@ApiBearerAuth()
@Controller('v1/rewards')
export class RewardController {
  constructor(private readonly rewards: RewardReadingService) {}

  /** Rewards, the oldest first. */
  @Allow('staff')
  @Get()
  list(@Query() query: RewardQuery): Promise<RewardPage> {
    return this.rewards.listRewards(query);
  }

  /** A reward, why it is so much in words and numbers, and everything that has happened to it. */
  @Allow('staff')
  @Get(':id')
  read(@Param('id') id: string): Promise<RewardDetailView> {
    return this.rewards.readReward(id);
  }
}
