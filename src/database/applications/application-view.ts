import type { BankAccountEntity } from '../bank-accounts/bank-account.entity.js';
import { bankAccountView } from '../bank-accounts/bank-account-view.js';
import { applicantOf } from '../merchants/applicant-form.js';
import type { Merchant } from '../merchants/merchant.entity.js';
import type { ApplicationDto } from './application.dto.js';
import type { MerchantApplication } from './merchant-application.entity.js';

export function applicationView(
  application: MerchantApplication,
  account: BankAccountEntity | undefined,
  merchant: Merchant | null,
): ApplicationDto {
  return {
    id: application.id,
    state: application.state,
    ...applicantOf(application),
    bankAccount: account ? bankAccountView(account) : null,
    reason: application.rejectReason,
    merchant: merchant ? { id: merchant.id, code: merchant.code } : null,
    createdAt: application.createdAt,
    decidedAt: application.decidedAt,
    erasedAt: application.erasedAt,
  };
}
