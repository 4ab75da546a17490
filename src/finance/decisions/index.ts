export { DecisionsModule } from './decisions.module.js';
export { decisionProblems } from './errors.js';
export { holdInvariants } from './holds/hold-invariants.js';
