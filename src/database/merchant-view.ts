import type { ApplicationDto } from './application.dto.js';
import { bankAccountWarnings } from './bank-account.js';
import type { BankAccountEntity } from './bank-account.entity.js';
import type { MerchantApplicationEntity } from './merchant-application.entity.js';
import type { BankAccountDto, MerchantDto } from './merchant.dto.js';
import type { MerchantEntity } from './merchant.entity.js';
import { applicantOf } from './registration-form.js';

/** A bank account as people may see it: the number is masked, always. */
export function bankAccountView(account: BankAccountEntity): BankAccountDto {
  return {
    id: account.id,
    state: account.state,
    holder: account.holder,
    holderLatin: account.holderLatin,
    town: account.town,
    maskedNumber: `••••${account.lastFour}`,
    bankName: account.bankName,
    bic: account.bic,
    country: account.country,
    warnings: bankAccountWarnings(account),
    filedAt: account.filedAt,
    decidedAt: account.decidedAt,
    reason: account.rejectReason,
  };
}

export function merchantView(merchant: MerchantEntity, account: BankAccountEntity | undefined): MerchantDto {
  return {
    id: merchant.id,
    code: merchant.code,
    ...applicantOf(merchant),
    group: merchant.group,
    state: merchant.state,
    stateReason: merchant.stateReason,
    bankAccount: account ? bankAccountView(account) : null,
    application: merchant.applicationId,
    createdAt: merchant.createdAt,
    updatedAt: merchant.updatedAt,
  };
}

export function applicationView(
  application: MerchantApplicationEntity,
  account: BankAccountEntity | undefined,
  merchant: MerchantEntity | null,
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
  };
}
