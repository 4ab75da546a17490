import { Injectable } from '@nestjs/common';
import { ApplicationTokens, type AccessErrorCode, type Principal, type Role } from '../access/index.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { DomainError } from '../shared/domain-error.js';
import { MerchantApplicationRepository } from './merchant-application.repository.js';
import { MerchantRepository } from './merchant.repository.js';
import { tokenSpent } from './sign-in/sign-in.service.js';

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
  async assertMayRead(applicationId: string, principal: Principal, token: string | null): Promise<void> {
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
