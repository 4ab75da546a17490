/** Refusals of the access module. */
export type AccessErrorCode =
  | 'access.unauthenticated'
  | 'access.forbidden'
  | 'staff.not-found'
  | 'staff.email-taken'
  | 'staff.last-admin'
  | 'session.refused'
  | 'storefront.not-found';
