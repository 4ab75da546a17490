import type { SharedErrorCode } from '../../shared/domain-error.js';
import { accessProblems } from './access.problems.js';
import { databaseProblems } from './database.problems.js';
import { edgeProblems } from './edge.problems.js';
import { detectionProblems } from './detection.problems.js';
import { financeProblems } from './finance.problems.js';
import { pricingProblems } from './pricing.problems.js';
import type { ReadinessErrorCode } from '../readiness.js';
import type { Problem } from './problem.js';

const sharedProblems = {
  'request.invalid': { status: 422, title: 'The request is not valid' },
  'token.invalid': { status: 422, title: 'The token is not ours' },
  'token.expired': { status: 422, title: 'The token has expired' },
} satisfies Record<SharedErrorCode, Problem>;

const apiProblems = {
  'service.not-ready': { status: 503, title: 'Not ready' },
} satisfies Record<ReadinessErrorCode, Problem>;

/** Every error code of every module; a code that is missing here does not compile. */
export const problems: Readonly<Record<string, Problem | undefined>> = {
  ...sharedProblems,
  ...apiProblems,
  ...edgeProblems,
  ...accessProblems,
  ...databaseProblems,
  ...detectionProblems,
  ...pricingProblems,
  ...financeProblems,
};
