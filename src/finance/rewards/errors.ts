import type { Problem } from '../../shared/problem.js';

/** Refusals of rewards and their rules. */
export const rewardProblems = {
  'reward-rule.not-found': { status: 404, title: 'No such reward rule' },
  'reward-rule.ended': { status: 409, title: 'The reward rule has ended' },
  'reward-rule.version-exists': { status: 409, title: 'The rule has a version from that moment on' },
  'reward.not-found': { status: 404, title: 'No such reward' },
} satisfies Record<string, Problem>;

export type RewardErrorCode = keyof typeof rewardProblems;
