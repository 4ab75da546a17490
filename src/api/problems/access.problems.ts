import type { AccessErrorCode } from '../../access/index.js';
import type { Problem } from './problem.js';

export const accessProblems = {
  'access.unauthenticated': { status: 401, title: 'Sign in or send a key' },
  'access.forbidden': { status: 403, title: 'Not allowed with this key or role' },
  'staff.not-found': { status: 404, title: 'No such member of staff' },
  'staff.email-taken': { status: 409, title: 'E-mail address already in use' },
  'staff.last-admin': { status: 409, title: 'The last admin stays' },
  'session.refused': { status: 401, title: 'E-mail address or password is wrong' },
  'storefront.not-found': { status: 404, title: 'No such storefront' },
} satisfies Record<AccessErrorCode, Problem>;
