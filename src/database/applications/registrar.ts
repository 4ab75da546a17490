import { Injectable } from '@nestjs/common';
import { ApplicationTokens, type AccessErrorCode, type Principal, type Role } from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { DomainError } from '../../shared/domain-error.js';
import { MerchantApplicationRepository } from './merchant-application.repository.js';
import { MerchantRepository } from '../merchants/merchant.repository.js';
import type { ApplicationId } from '../../shared/ids.js';
import type { DatabaseErrorCode } from '../errors.js';

/** Decides who may read an application. */
@Injectable()
export class Registrar {
  constructor(
    private readonly tokens: ApplicationTokens,
    private readonly applications: MerchantApplicationRepository,
    private readonly merchants: MerchantRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Throws unless a reviewer or admin calls, the merchant that the application became, or the bearer of its token, which opens it until the
   * first sign-in: then `sign-in.token-spent`. Another's token sees nothing here.
   */
  async assertMayRead(applicationId: ApplicationId, principal: Principal, token: string | null): Promise<void> {
    if (isStaff(principal, 'reviewer', 'admin')) return;
    const em = this.unitOfWork.reader;
    const own = 'This shows its own application alone.';
    if (principal.kind === 'merchant') {
      const [merchant] = await this.merchants.findByApplications(em, [applicationId]);
      if (merchant?.id === principal.merchantId) return;
      throw new DomainError<AccessErrorCode>('access.forbidden', own);
    }
    if (this.tokens.applicationOf(tokenOf(principal, token)) !== applicationId)
      throw new DomainError<AccessErrorCode>('access.forbidden', own);
    if (!(await this.applications.isOpenToToken(em, applicationId))) throw tokenSpent();
  }
}

/** How a token of an application is refused that has done its work. */
export function tokenSpent(): DomainError<DatabaseErrorCode> {
  return new DomainError(
    'sign-in.token-spent',
    'This token has led to the first sign-in, or its time is over: ask for a code.',
  );
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
