export const REWARD_STATES = ['pending', 'held', 'matured', 'partly-reversed', 'reversed', 'void'] as const;
export type RewardState = (typeof REWARD_STATES)[number];
