import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { DomainError } from '../shared/domain-error.js';
import type { AccessErrorCode } from './errors.js';
import type { Caller, Principal } from './principal.js';
import type { MerchantPrincipal } from './merchant-session.repository.js';
import type { LiveSession } from './staff.repository.js';

export const CALLERS = 'yinke:callers';

/** Who may call this route. A route without it stops the start. */
export const Allow = (...callers: Caller[]) => SetMetadata(CALLERS, callers);

/** The request as the guard leaves it. */
export interface AuthenticatedRequest {
  principal: Principal;
  /** Of the member of staff who calls; absent for anyone else. */
  session?: LiveSession;
}

function requestOf(context: ExecutionContext): AuthenticatedRequest {
  return context.switchToHttp().getRequest<AuthenticatedRequest>();
}

/** The {@link Principal} who calls. */
export const CurrentPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal => requestOf(context).principal,
);

/** The {@link LiveSession} of the member of staff who calls. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): LiveSession => {
  const { session } = requestOf(context);
  if (!session) throw new DomainError<AccessErrorCode>('access.forbidden', 'Only signed-in staff may do this.');
  return session;
});

/** The {@link MerchantPrincipal} who calls. */
export const CurrentMerchant = createParamDecorator((_: unknown, context: ExecutionContext): MerchantPrincipal => {
  const { principal } = requestOf(context);
  if (principal.kind !== 'merchant')
    throw new DomainError<AccessErrorCode>('access.forbidden', 'Only signed-in merchants may do this.');
  return principal;
});
