import type { Problem } from '../../shared/problem.js';

/** Refusals of orders. */
export const orderProblems = {
  'order.not-found': { status: 404, title: 'No such order' },
  'order.conflict': { status: 409, title: 'The order exists with other content' },
  'order.wrong-revision': { status: 409, title: 'Not the order’s next revision' },
  'order.attribution-fixed': { status: 409, title: 'The merchant was fixed when the order was placed' },
  'order.quote-mismatch': { status: 409, title: 'The order differs from its quote' },
  'order.wrong-state': { status: 409, title: 'Not possible in the order’s state' },
  'order.already-completed': { status: 409, title: 'The order is already complete' },
  'order.impossible-moment': { status: 422, title: 'A moment before what must have come first' },
  'order.paid-more-than-lines': { status: 422, title: 'More was paid than the lines are worth' },
  'order.wrong-currency': { status: 422, title: 'Not the storefront’s currency' },
  'order-event.not-found': { status: 404, title: 'No such order event' },
  'order-event.dismissal-waiting': { status: 409, title: 'The dismissal has been asked for' },
  'order-event.no-dismissal': { status: 409, title: 'Nobody asks for the dismissal' },
  'order-event.same-person': { status: 409, title: 'Maker and checker are two people' },
  'order-event.not-parked': { status: 409, title: 'The event is not parked' },
  'refund.conflict': { status: 409, title: 'The refund exists with other content' },
  'refund.more-than-paid': { status: 409, title: 'More than was paid' },
  'refund.more-than-left': { status: 409, title: 'More than is left of a line, of shipping or of tax' },
} satisfies Record<string, Problem>;

export type OrderErrorCode = keyof typeof orderProblems;
