import type { Problem } from '../shared/problem.js';

/** Refusals of who may call. */
export const accessProblems = {
  'access.unauthenticated': { status: 401, title: 'Sign in or send a key' },
  'access.sign-in-required': { status: 401, title: 'Sign in first' },
  'access.forbidden': { status: 403, title: 'Not allowed with this key or role' },
  'access.origin-refused': { status: 403, title: 'Not from this web site' },
  'staff.not-found': { status: 404, title: 'No such member of staff' },
  'staff.email-taken': { status: 409, title: 'E-mail address already in use' },
  'staff.last-admin': { status: 409, title: 'The last admin stays' },
  'staff.own-account': { status: 409, title: 'Another admin has to do this' },
  'password.wrong': { status: 422, title: 'The present password is wrong' },
  'session.refused': { status: 401, title: 'E-mail address or password is wrong' },
  'session.totp-required': { status: 401, title: 'The code of the second factor is missing' },
  'session.totp-refused': { status: 401, title: 'The code of the second factor is wrong or was used' },
  'session.not-found': { status: 404, title: 'No such session' },
  'code.refused': { status: 422, title: 'The code is wrong or was used' },
  'code.expired': { status: 422, title: 'The code has expired' },
  'code.spent': { status: 422, title: 'Too many wrong codes' },
  'totp.not-started': { status: 409, title: 'There is no second factor to confirm' },
  'totp.not-on': { status: 409, title: 'There is no second factor' },
  'totp.already-on': { status: 409, title: 'There is a second factor already' },
  'totp.wrong-code': { status: 422, title: 'The code of the second factor is wrong' },
  'idempotency.key-invalid': { status: 400, title: 'The Idempotency-Key cannot be used' },
  'idempotency.key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'idempotency.answer-lost': { status: 409, title: 'It was done, and its answer was lost' },
  'idempotency.in-progress': { status: 409, title: 'The first request with this Idempotency-Key is still running' },
} satisfies Record<string, Problem>;

export type AccessErrorCode = keyof typeof accessProblems;
