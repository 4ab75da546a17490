import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../shared/domain-error.js';
import { CALLERS, type AuthenticatedRequest } from './allow.decorator.js';
import { Authenticator, bearerOf } from './authenticator.js';
import type { AccessErrorCode } from './errors.js';
import { MerchantCaller } from './merchant-caller.js';
import { ANONYMOUS, mayCall, type Caller } from './principal.js';

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
    // Where nobody in particular is meant, nobody is looked up: signing in works with a stale cookie.
    if (callers.length === 1 && callers[0] === 'anyone') {
      request.principal = ANONYMOUS;
      return true;
    }
    Object.assign(request, await this.authenticator.authenticate(request));
    if (mayCall(callers, request.principal)) return true;
    const bearer = bearerOf(request.headers);
    if (callers.includes('merchant') && request.principal.kind === 'anonymous' && bearer !== undefined) {
      const { id = '' } = request.params as { id?: string };
      await this.merchants.assertIs(id, bearer);
      return true;
    }
    throw request.principal.kind === 'anonymous'
      ? new DomainError<AccessErrorCode>('access.unauthenticated', 'This needs a key or a session.')
      : new DomainError<AccessErrorCode>('access.forbidden', `This is for ${callers.join(', ')}.`);
  }
}
