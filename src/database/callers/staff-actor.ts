import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AccessErrorCode, Principal } from '../../access/index.js';
import type { Actor } from './actor.js';
import { DomainError } from '../../shared/domain-error.js';

/** A member of staff who calls. */
export type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** The member of staff who calls. For routes that only staff may call. */
export function staffActor(principal: Principal): StaffActor {
  if (principal.kind !== 'staff') throw new DomainError<AccessErrorCode>('access.forbidden', 'Only staff may do this.');
  return { kind: 'staff', staffId: principal.staffId };
}

/** {@link staffActor} of a request. */
export const CurrentStaff = createParamDecorator((_: unknown, context: ExecutionContext): StaffActor =>
  staffActor(context.switchToHttp().getRequest<{ principal: Principal }>().principal),
);
