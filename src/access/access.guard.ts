import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../shared/domain-error.js';
import { CALLERS, type AuthenticatedRequest } from './allow.decorator.js';
import { ApplicationTokens } from './application-tokens.js';
import { Authenticator, bearerOf } from './authenticator.js';
import type { AccessErrorCode } from './errors.js';
import { ANONYMOUS, mayCall, type Caller, type Principal } from './principal.js';

/** The one guard of every route: who calls, and does `@Allow` name them? */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly applicationTokens: ApplicationTokens,
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
    const { principal } = request;
    if (mayCall(callers, principal)) {
      if (principal.kind === 'widget' || (principal.kind === 'merchant' && callers.includes('merchant')))
        assertOwn(request, callers, principal);
      return true;
    }
    const bearer = bearerOf(request.headers);
    if (principal.kind !== 'anonymous' || bearer === undefined) throw refusal(callers, principal);
    // An applicant or merchant is known, and may not; an invalid token names no caller.
    this.applicationTokens.assertGood(bearer);
    if (!callers.includes('merchant')) throw forbidden(callers);
    throw new DomainError<AccessErrorCode>(
      'access.sign-in-required',
      'The token of an application leads to the first sign-in: POST /v1/merchants/sessions with it.',
    );
  }
}

/** A merchant is let to what is under their own id alone, whether or not there is another of that id. */
function assertOwn(
  { params }: FastifyRequest,
  callers: readonly Caller[],
  { merchantId }: Extract<Principal, { merchantId: unknown }>,
): void {
  const { id } = params as { id?: string };
  if (id === undefined || id === merchantId || callers.includes('applicant')) return;
  throw new DomainError<AccessErrorCode>('access.forbidden', 'This session shows its own merchant alone.');
}

function refusal(callers: readonly Caller[], principal: Principal): DomainError<AccessErrorCode> {
  if (principal.kind === 'staff' && principal.mustEnrol)
    return new DomainError(
      'access.second-factor-required',
      'Set a second factor first: POST /v1/staff/sessions/current/totp.',
    );
  return principal.kind === 'anonymous'
    ? new DomainError('access.unauthenticated', 'This needs a key or a session.')
    : forbidden(callers);
}

function forbidden(callers: readonly Caller[]): DomainError<AccessErrorCode> {
  return new DomainError('access.forbidden', `This is for ${callers.join(', ')}.`);
}
