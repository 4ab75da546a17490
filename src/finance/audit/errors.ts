import type { Problem } from '../../shared/problem.js';

/** Refusals of the audit. */
export const auditProblems = {
  'audit.none-yet': { status: 404, title: 'There has been no audit yet' },
} satisfies Record<string, Problem>;

export type AuditErrorCode = keyof typeof auditProblems;
