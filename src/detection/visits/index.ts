export { reasonOf, type Attribution, type DecidedAttribution, type PreviousToken } from './attribution.js';
export { OrderVisits, type StoredVisit } from './order-visits.js';
export { visitProblems } from './errors.js';
export { type Visit, VisitTokens, ofShopper } from './visit-tokens.js';
export type { NewVisit } from './visit.repository.js';
export { MAX_TOKEN_LENGTH } from './visit.dto.js';
export { VisitRetention } from './visit-retention.js';
export { VisitsModule } from './visits.module.js';
