import type { FinanceErrorCode } from '../../finance/index.js';
import type { Problem } from './problem.js';

export const financeProblems = {
  'reward-rule.not-found': { status: 404, title: 'No such reward rule' },
  'reward-rule.ended': { status: 409, title: 'The reward rule has ended' },
  'reward-rule.version-exists': { status: 409, title: 'The rule has a version from that moment on' },
  'reward.not-found': { status: 404, title: 'No such reward' },
  'adjustment.not-found': { status: 404, title: 'No such adjustment' },
  'adjustment.same-person': { status: 409, title: 'Maker and checker are two people' },
  'adjustment.wrong-state': { status: 409, title: 'The adjustment is already decided' },
  'redemption.conflict': { status: 409, title: 'The redemption exists with other content' },
  'ledger.insufficient-funds': { status: 409, title: 'Not enough is available' },
} satisfies Record<FinanceErrorCode, Problem>;
