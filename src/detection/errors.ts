import { DomainError, type FieldError, type SharedErrorCode } from '../shared/domain-error.js';

/** Refusals of visits and orders. */
export type DetectionErrorCode =
  | 'visit.not-found'
  | 'visit.too-many-answers'
  | 'order.not-found'
  | 'order.conflict'
  | 'order.wrong-revision'
  | 'order.attribution-fixed'
  | 'order.quote-mismatch'
  | 'order.wrong-state'
  | 'order.already-completed'
  | 'order.impossible-moment'
  | 'order.paid-more-than-lines'
  | 'order.wrong-currency'
  | 'order-event.not-found'
  | 'order-event.not-parked'
  | 'refund.conflict'
  | 'refund.more-than-paid'
  | 'refund.more-than-left';

/** `request.invalid` for what only the whole of a request shows to be wrong; names at most 100 places. */
export function invalidFields(errors: readonly FieldError[]): DomainError {
  const detail = `${errors.length} field(s) are not valid.`;
  return new DomainError<SharedErrorCode>('request.invalid', detail, errors.slice(0, 100));
}
