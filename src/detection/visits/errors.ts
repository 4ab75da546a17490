import type { Problem } from '../../shared/problem.js';

/** Refusals of visits. */
export const visitProblems = {
  'visit.not-found': { status: 404, title: 'No such visit' },
  'visit.too-many-answers': { status: 409, title: 'The question was answered too often' },
} satisfies Record<string, Problem>;

export type VisitErrorCode = keyof typeof visitProblems;
