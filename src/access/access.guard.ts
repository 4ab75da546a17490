import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../shared/domain-error.js';
import { CALLERS, type AuthenticatedRequest } from './allow.decorator.js';
import { Authenticator, bearerOf } from './authenticator.js';
import type { AccessErrorCode } from './errors.js';
import { MerchantCaller } from './merchant-caller.js';
import { ANONYMOUS, mayCall, type Caller, type Principal } from './principal.js';

/** The one guard of every route: who calls, and does `@Allow` name them? */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly merchants: MerchantCaller,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const callers =
      this.reflector.getAllAndOverride<Caller[] | undefined>(CALLERS, [context.getHandler(), context.getClass()]) ?? [];
    const request = context.switchToHttp().getRequest<FastifyRequest & AuthenticatedRequest>();
    // Where a route is open to anyone, no caller is looked up: signing in works with a stale cookie.
    if (callers.length === 1 && callers[0] === 'anyone') {
      request.principal = ANONYMOUS;
      return true;
    }
    Object.assign(request, await this.authenticator.authenticate(request));
    if (mayCall(callers, request.principal)) return true;
    const bearer = bearerOf(request.headers);
    if (request.principal.kind !== 'anonymous' || bearer === undefined) throw refusal(callers, request.principal);
    if (!callers.includes('merchant')) {
      // A merchant is known, and may not; an invalid token names no caller.
      this.merchants.applicationOf(bearer);
      throw forbidden(callers);
    }
    const { id = '' } = request.params as { id?: string };
    await this.merchants.assertIs(id, bearer);
    return true;
  }
}

function refusal(callers: readonly Caller[], principal: Principal): DomainError<AccessErrorCode> {
  return principal.kind === 'anonymous'
    ? new DomainError('access.unauthenticated', 'This needs a key or a session.')
    : forbidden(callers);
}

function forbidden(callers: readonly Caller[]): DomainError<AccessErrorCode> {
  return new DomainError('access.forbidden', `This is for ${callers.join(', ')}.`);
}
