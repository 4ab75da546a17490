import { AdjustmentEntity } from '../adjustments/adjustment.entity.js';
import { RewardRuleEntity, RewardRuleVersionEntity } from './reward-rule.entity.js';
import { RewardEntity } from './reward.entity.js';

export const rewardEntities = [RewardRuleEntity, RewardRuleVersionEntity, RewardEntity, AdjustmentEntity];
