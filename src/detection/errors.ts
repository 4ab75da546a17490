/** Refusals of visits and orders. */
export type DetectionErrorCode =
  | 'visit.not-found'
  | 'visit.too-many-answers'
  | 'order.not-found'
  | 'order.conflict'
  | 'order.quote-mismatch'
  | 'order.wrong-state'
  | 'order.already-completed'
  | 'order.paid-more-than-lines'
  | 'order.wrong-currency'
  | 'refund.conflict'
  | 'refund.more-than-paid';
