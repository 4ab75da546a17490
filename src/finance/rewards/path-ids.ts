import { KnownId } from '../../shared/known-id.js';
import type { RewardErrorCode } from './errors.js';

/** The ids of this room in paths. */
export const REWARD_RULE_ID = new KnownId('rewardRule', 'reward-rule.not-found' satisfies RewardErrorCode);
export const REWARD_ID = new KnownId('reward', 'reward.not-found' satisfies RewardErrorCode);
