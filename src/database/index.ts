export { AccountNumberVault, type SealContext } from './bank-accounts/account-number-vault.js';
export { assertMerchant } from './merchants/assert-merchant.js';
export { contactOf } from './merchants/contact.js';
export {
  BANK_COUNTRIES,
  accountNumberFault,
  bicFault,
  normaliseAccountNumber,
  shownEnd,
} from './bank-accounts/bank-account.js';
export { DatabaseModule } from './database.module.js';
export { type DatabaseErrorCode, databaseProblems } from './errors.js';
export { ibanCountry, isIban, isSepaIban } from './bank-accounts/iban.js';
export { type MerchantCard, MerchantDirectory } from './merchants/merchant-directory.js';
export type { Beneficiary } from './bank-accounts/beneficiary.js';
export { MerchantNameDto, merchantName } from './merchants/merchant-name.dto.js';
export { MerchantRegistry } from './merchants/merchant-registry.js';
export type { MerchantState } from './merchants/merchant.js';
export { CurrentStorefront } from './storefronts/current-storefront.js';
export { type Storefront, StorefrontDirectory } from './storefronts/storefront.js';
export { PersonalDataRetention } from './privacy/personal-data-retention.js';
export { sealedRegistry } from './sealed-registry.js';
export { MERCHANT_ID } from './path-ids.js';
