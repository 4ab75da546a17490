import { Injectable } from '@nestjs/common';
import type { AccessErrorCode, Principal, Role } from '../../access/index.js';
import { ApplicationTokens, BankAccountService, type Actor, type DatabaseErrorCode } from '../../database/index.js';
import { DomainError } from '../../shared/domain-error.js';
import { staffActor } from './staff-actor.js';

/** Decides whether staff or the holder of an application token calls, for the routes that are open to both. */
@Injectable()
export class Registrar {
  constructor(
    private readonly tokens: ApplicationTokens,
    private readonly bankAccounts: BankAccountService,
  ) {}

  /** Throws unless a reviewer or admin calls, or the token is this application's. Another's token sees nothing here. */
  assertMayRead(applicationId: string, principal: Principal, token: string | null): void {
    if (isStaff(principal, 'reviewer', 'admin')) return;
    if (this.applicationOf(principal, token) !== applicationId)
      throw new DomainError<DatabaseErrorCode>('application.not-found', 'There is no such application.');
  }

  /** Who asks for another bank account: a reviewer or admin, or the merchant. */
  async filer(merchantId: string, principal: Principal, token: string | null): Promise<Actor> {
    if (isStaff(principal, 'reviewer', 'admin')) return staffActor(principal);
    const applicationId = this.applicationOf(principal, token);
    await this.bankAccounts.assertOwn(merchantId, applicationId);
    return { kind: 'merchant', applicationId };
  }

  private applicationOf(principal: Principal, token: string | null): string {
    if (principal.kind === 'staff')
      throw new DomainError<AccessErrorCode>('access.forbidden', 'This is for reviewers and admins.');
    if (token === null)
      throw new DomainError<AccessErrorCode>('access.unauthenticated', 'This needs the token of the application.');
    return this.tokens.applicationOf(token);
  }
}

function isStaff(principal: Principal, ...roles: Role[]): boolean {
  return principal.kind === 'staff' && principal.roles.some((role) => roles.includes(role));
}
