import { bankAccountWarnings, type BankAccountWarning } from './bank-account.js';
import type { BankAccountEntity, BankAccountState } from './bank-account.entity.js';
import type { ApplicationState, MerchantApplicationEntity } from './merchant-application.entity.js';
import type { MerchantEntity } from './merchant.entity.js';
import type { MerchantState } from './merchant.js';

/** A bank account as people may see it: the number is masked, always. */
export interface BankAccountView {
  id: string;
  state: BankAccountState;
  holder: string;
  holderLatin: string | null;
  town: string | null;
  /** `••••` and the last four. */
  maskedNumber: string;
  bankName: string | null;
  bic: string | null;
  country: string;
  /** What the reviewer should look at. */
  warnings: BankAccountWarning[];
  filedAt: Date;
  decidedAt: Date | null;
  reason: string | null;
}

export interface MerchantView {
  id: string;
  code: string;
  wechatId: string;
  displayName: string;
  phone: string | null;
  email: string | null;
  group: string | null;
  state: MerchantState;
  stateReason: string | null;
  /** The account in force. */
  bankAccount: BankAccountView | null;
  application: string;
  createdAt: Date;
  updatedAt: Date;
}

export interface ApplicationView {
  id: string;
  state: ApplicationState;
  wechatId: string;
  displayName: string;
  phone: string | null;
  email: string | null;
  bankAccount: BankAccountView | null;
  /** Why it was rejected. */
  reason: string | null;
  /** The merchant that it became. */
  merchant: { id: string; code: string } | null;
  createdAt: Date;
  decidedAt: Date | null;
}

export function bankAccountView(account: BankAccountEntity): BankAccountView {
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

export function merchantView(merchant: MerchantEntity, account: BankAccountEntity | undefined): MerchantView {
  return {
    id: merchant.id,
    code: merchant.code,
    wechatId: merchant.wechatId,
    displayName: merchant.displayName,
    phone: merchant.phone,
    email: merchant.email,
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
): ApplicationView {
  return {
    id: application.id,
    state: application.state,
    wechatId: application.wechatId,
    displayName: application.displayName,
    phone: application.phone,
    email: application.email,
    bankAccount: account ? bankAccountView(account) : null,
    reason: application.rejectReason,
    merchant: merchant ? { id: merchant.id, code: merchant.code } : null,
    createdAt: application.createdAt,
    decidedAt: application.decidedAt,
  };
}
