export { type OrderErrorCode, orderProblems } from './errors.js';
export {
  type ClaimedOrder,
  type EventSettlement,
  type OrderEvent,
  OrderEventLog,
  type OrderSnapshot,
  type RefundContent,
} from './order-event-log.js';
export { type OrderFilter, type OrderHead, OrderListRepository } from './order-list.repository.js';
export {
  type CompletedKey,
  type CompletedPeriod,
  type OrderEventView,
  OrderReader,
  type OrderView,
} from './order-reader.js';
export { linesFromJson } from './order-json.js';
export { BULK_ORDERS_PATH } from './order.controller.js';
export type { OrderState } from './order-state.js';
export type { ReplacedRevision } from './order.js';
export { OrdersModule } from './orders.module.js';
