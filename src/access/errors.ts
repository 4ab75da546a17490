/** Refusals of the access module. */
export type AccessErrorCode =
  | 'access.unauthenticated'
  | 'access.forbidden'
  | 'access.origin-refused'
  | 'staff.not-found'
  | 'staff.email-taken'
  | 'staff.last-admin'
  | 'session.refused'
  | 'session.totp-required'
  | 'session.totp-refused'
  | 'totp.not-started'
  | 'totp.already-on'
  | 'totp.wrong-code'
  | 'storefront.not-found'
  | 'idempotency.key-invalid'
  | 'idempotency.key-reused'
  | 'idempotency.in-progress';
