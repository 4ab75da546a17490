import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import { RewardReadingService } from './reward-reading.service.js';
import { RewardDetailDto, RewardPageDto, RewardQuery } from './reward.dto.js';
import type { RewardId } from '../../shared/ids.js';
import { REWARD_ID } from './path-ids.js';

@ApiTags('Rewards')
@Controller('v1/rewards')
export class RewardController {
  constructor(private readonly rewards: RewardReadingService) {}

  /** Rewards, the oldest first unless asked for otherwise. */
  @Allow('staff')
  @Get()
  listRewards(@Query() query: RewardQuery): Promise<RewardPageDto> {
    return this.rewards.listRewards(query);
  }

  /** A reward, why it is so much in words and numbers, and everything that has happened to it. */
  @Allow('staff')
  @Get(':id')
  readReward(@Param('id', REWARD_ID) id: RewardId): Promise<RewardDetailDto> {
    return this.rewards.readReward(id);
  }
}
