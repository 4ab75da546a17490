import type { BankAccountEntity } from '../bank-accounts/bank-account.entity.js';
import { bankAccountView } from '../bank-accounts/bank-account-view.js';
import { applicantOf } from './applicant-form.js';
import { takesContact } from './contact.js';
import type { MerchantDto } from './merchant.dto.js';
import type { Merchant } from './merchant.entity.js';

export function merchantView(merchant: Merchant, account: BankAccountEntity | undefined): MerchantDto {
  return {
    id: merchant.id,
    code: merchant.code,
    ...applicantOf(merchant),
    takesContact: merchant.erasedAt === null && takesContact(merchant),
    contactGivenBy: merchant.contactGivenBy,
    group: merchant.group,
    state: merchant.state,
    stateReason: merchant.stateReason,
    bankAccount: account ? bankAccountView(account) : null,
    application: merchant.applicationId,
    createdAt: merchant.createdAt,
    updatedAt: merchant.updatedAt,
    erasedAt: merchant.erasedAt,
  };
}
