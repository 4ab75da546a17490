import type { AccessErrorCode } from '../../access/index.js';
import type { Problem } from './problem.js';

export const accessProblems = {
  'access.unauthenticated': { status: 401, title: 'Sign in or send a key' },
  'access.forbidden': { status: 403, title: 'Not allowed with this key or role' },
  'access.origin-refused': { status: 403, title: 'Not from this web site' },
  'staff.not-found': { status: 404, title: 'No such member of staff' },
  'staff.email-taken': { status: 409, title: 'E-mail address already in use' },
  'staff.last-admin': { status: 409, title: 'The last admin stays' },
  'session.refused': { status: 401, title: 'E-mail address or password is wrong' },
  'storefront.not-found': { status: 404, title: 'No such storefront' },
  'idempotency.key-invalid': { status: 400, title: 'The Idempotency-Key cannot be used' },
  'idempotency.key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'idempotency.in-progress': { status: 409, title: 'The first request with this Idempotency-Key is still running' },
} satisfies Record<AccessErrorCode, Problem>;
