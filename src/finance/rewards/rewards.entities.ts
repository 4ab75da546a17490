import { PostingShardEntity } from './posting-shard.entity.js';
import { RewardRuleEntity, RewardRuleVersionEntity } from './reward-rule.entity.js';
import {
  RewardBudgetEntity,
  RewardBudgetUseEntity,
  RewardVolumeEntity,
  RewardVolumeOrderEntity,
  RewardVolumeRefundEntity,
  ShopperFirstOrderEntity,
} from './reward-tally.entity.js';
import { RewardEntity } from './reward.entity.js';

export const rewardEntities = [
  RewardRuleEntity,
  RewardRuleVersionEntity,
  RewardEntity,
  ShopperFirstOrderEntity,
  RewardVolumeEntity,
  RewardVolumeOrderEntity,
  RewardVolumeRefundEntity,
  RewardBudgetEntity,
  RewardBudgetUseEntity,
  PostingShardEntity,
];
