import type { Problem } from '../../shared/problem.js';

/** Refusals of holds and adjustments. */
export const decisionProblems = {
  'hold.not-found': { status: 404, title: 'No such hold' },
  'hold.same-person': { status: 409, title: 'Maker and checker are two people' },
  'hold.wrong-state': { status: 409, title: 'The hold is already decided' },
  'hold.not-voidable': { status: 409, title: 'The money is the merchant’s' },
  'hold.bank-line-open': { status: 409, title: 'A bank line about this payout waits for a person' },
  'hold.nothing-to-hold': { status: 409, title: 'There is nothing to put on hold' },
  'adjustment.not-found': { status: 404, title: 'No such adjustment' },
  'adjustment.same-person': { status: 409, title: 'Maker and checker are two people' },
  'adjustment.wrong-state': { status: 409, title: 'The adjustment is already decided' },
} satisfies Record<string, Problem>;

export type DecisionErrorCode = keyof typeof decisionProblems;
