/** Refusals of the access module. */
export type AccessErrorCode =
  | 'access.unauthenticated'
  | 'access.forbidden'
  | 'access.origin-refused'
  | 'staff.not-found'
  | 'staff.email-taken'
  | 'staff.last-admin'
  | 'session.refused'
  | 'storefront.not-found'
  | 'idempotency.key-invalid'
  | 'idempotency.key-reused'
  | 'idempotency.in-progress';
