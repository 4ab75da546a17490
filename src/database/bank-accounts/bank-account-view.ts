import { bankAccountWarnings } from './bank-account.js';
import type { BankAccountDto } from './bank-account.dto.js';
import type { BankAccountEntity } from './bank-account.entity.js';

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
