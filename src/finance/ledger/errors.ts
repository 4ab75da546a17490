import type { Problem } from '../../shared/problem.js';

/** Refusals of the books. */
export const ledgerProblems = {
  'ledger.insufficient-funds': { status: 409, title: 'Not enough is available' },
  'finance.sum-too-large': { status: 409, title: 'A sum is too large to be told exactly' },
  'journal.not-found': { status: 404, title: 'No such journal' },
} satisfies Record<string, Problem>;

export type LedgerErrorCode = keyof typeof ledgerProblems;
