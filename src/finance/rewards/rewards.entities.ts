import { AdjustmentEntity } from '../adjustments/adjustment.entity.js';
import { RewardRuleEntity, RewardRuleVersionEntity } from './reward-rule.entity.js';
import {
  RewardBudgetEntity,
  RewardBudgetUseEntity,
  RewardVolumeEntity,
  RewardVolumeOrderEntity,
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
  RewardBudgetEntity,
  RewardBudgetUseEntity,
  AdjustmentEntity,
];
