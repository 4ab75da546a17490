import type { FinanceErrorCode } from '../../finance/index.js';
import type { Problem } from './problem.js';

export const financeProblems = {
  'reward-rule.not-found': { status: 404, title: 'No such reward rule' },
  'reward-rule.ended': { status: 409, title: 'The reward rule has ended' },
  'reward-rule.invalid': { status: 422, title: 'The reward rule makes no sense' },
  'ledger.insufficient-funds': { status: 409, title: 'Not enough is available' },
} satisfies Record<FinanceErrorCode, Problem>;
