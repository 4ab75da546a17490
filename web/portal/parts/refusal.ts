import type { ApiProblem } from '../../api/client.js';

/** A refusal to throw: an error with what the API said, as those of `api` are. */
export function refusal(problem: ApiProblem): Error & ApiProblem {
  return Object.assign(new Error(problem.detail ?? problem.code), problem);
}
