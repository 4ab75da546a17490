import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Caller, Principal } from './principal.js';

export const CALLERS = 'yinke:callers';

/** Who may call this route. A route without it stops the start. */
export const Allow = (...callers: Caller[]) => SetMetadata(CALLERS, callers);

/** The request as the guard leaves it. */
export interface AuthenticatedRequest {
  principal: Principal;
}

/** The {@link Principal} who calls. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  return context.switchToHttp().getRequest<AuthenticatedRequest>().principal;
});
