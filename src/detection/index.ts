export type { Attribution, Via } from './attribution.js';
export { VisitTokens, type Visit } from './visit-tokens.js';
export { QUOTE_TOKEN, type QuoteClaims } from './quote-token.js';
export { BasketLineDto, MAX_LINES } from './order-line.dto.js';
export { MAX_TOKEN_LENGTH } from './visit.dto.js';
export { orderLinesHash, type OrderLine } from './order.js';
export * from './order-event-log.js';
export { detectionEntities } from './detection.entities.js';
export type { DetectionErrorCode } from './errors.js';
export { DetectionModule } from './detection.module.js';
export {
  OrderReader,
  type CompletedKey,
  type CompletedPeriod,
  type OrderEventView,
  type OrderView,
} from './order-reader.js';
export type { ReplacedRevision } from './order-record.js';
export { BULK_ORDERS_PATH } from './order.controller.js';
