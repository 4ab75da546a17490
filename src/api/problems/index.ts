import { accessProblems } from '../../access/index.js';
import { databaseProblems } from '../../database/index.js';
import { orderProblems } from '../../detection/orders/index.js';
import { visitProblems } from '../../detection/visits/index.js';
import {
  assetProblems,
  auditProblems,
  decisionProblems,
  ledgerProblems,
  payoutProblems,
  rewardProblems,
} from '../../finance/index.js';
import { pricingProblems } from '../../pricing/index.js';
import { sharedProblems } from '../../shared/domain-error.js';
import type { Problem } from '../../shared/problem.js';
import { readinessProblems } from '../readiness.js';
import { edgeProblems } from './edge.problems.js';

/** Every error code of every room, with what HTTP makes of it. */
export const problems: Readonly<Record<string, Problem | undefined>> = {
  ...sharedProblems,
  ...edgeProblems,
  ...readinessProblems,
  ...accessProblems,
  ...databaseProblems,
  ...visitProblems,
  ...pricingProblems,
  ...orderProblems,
  ...ledgerProblems,
  ...assetProblems,
  ...payoutProblems,
  ...rewardProblems,
  ...decisionProblems,
  ...auditProblems,
};
