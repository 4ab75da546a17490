export type { Attribution, Via } from './attribution.js';
export { VisitTokens, type Visit } from './visit-tokens.js';
export { QUOTE_TOKEN, type QuoteClaims } from './quote-token.js';
export { BasketLineDto, MAX_LINES } from './order-line.dto.js';
export { orderLinesHash, type OrderLine } from './order.js';
export * from './order-event-log.js';
export type { DetectionErrorCode } from './errors.js';
export { DetectionModule } from './detection.module.js';
