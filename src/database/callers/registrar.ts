import { Injectable } from '@nestjs/common';
import { MerchantCaller, type AccessErrorCode, type Principal, type Role } from '../../access/index.js';
import type { Actor } from './actor.js';
import { DomainError } from '../../shared/domain-error.js';
import { staffActor } from './staff-actor.js';
import type { ApplicationId, MerchantId } from '../../shared/ids.js';

/** Decides whether staff or the holder of an application token calls, for the routes that are open to both. */
@Injectable()
export class Registrar {
  constructor(private readonly merchants: MerchantCaller) {}

  /** Throws unless a reviewer or admin calls, or the token is this application's. Another's token sees nothing here. */
  assertMayRead(applicationId: ApplicationId, principal: Principal, token: string | null): void {
    if (isStaff(principal, 'reviewer', 'admin')) return;
    if (this.merchants.applicationOf(tokenOf(principal, token)) !== applicationId)
      throw new DomainError<AccessErrorCode>('access.forbidden', 'This token shows its own application alone.');
  }

  /** Who asks for another bank account: a reviewer or admin, or the merchant. */
  async filer(merchantId: MerchantId, principal: Principal, token: string | null): Promise<Actor> {
    if (isStaff(principal, 'reviewer', 'admin')) return staffActor(principal);
    const own = tokenOf(principal, token);
    await this.merchants.assertIs(merchantId, own);
    return { kind: 'merchant', applicationId: this.merchants.applicationOf(own) };
  }
}

function tokenOf(principal: Principal, token: string | null): string {
  if (principal.kind === 'staff')
    throw new DomainError<AccessErrorCode>('access.forbidden', 'This is for reviewers and admins.');
  if (token === null)
    throw new DomainError<AccessErrorCode>('access.unauthenticated', 'This needs the token of the application.');
  return token;
}

function isStaff(principal: Principal, ...roles: Role[]): boolean {
  return principal.kind === 'staff' && principal.roles.some((role) => roles.includes(role));
}
