export { createDataSource } from './data-source.js';
export { UnitOfWork } from './unit-of-work.js';
export { AdvisoryLocks } from './advisory-locks.js';
export { JobRunEntity, JobRuns } from './job-runs.js';
export { isDuplicate, isDatabaseAway, isLockConflict } from './driver-error.js';
export { RefreshedDirectory, type ChangeSource } from './refreshed-directory.js';
export { MerchantDirectory, type MerchantCard, type MerchantState } from './merchant-directory.js';
export { MerchantRegistry, type Beneficiary } from './merchant-registry.js';
export { ApplicationTokens } from './application-tokens.js';
export { DecisionLog, actorId, type Actor, type Decision } from './decision-log.js';
export { MerchantApplicationService, type FilledForm } from './merchant-application.service.js';
export { MerchantService } from './merchant.service.js';
export { BankAccountService } from './bank-account.service.js';
export { APPLICATION_STATES, type ApplicationState } from './merchant-application.entity.js';
export { MERCHANT_STATES } from './merchant.js';
export type { BankAccountState } from './bank-account.entity.js';
export { AccountNumberVault, type SealContext } from './account-number-vault.js';
export {
  accountNumberFault,
  type BankAccountWarning,
  BANK_COUNTRIES,
  bicFault,
  normaliseAccountNumber,
  shownEnd,
  type BankAccountDetails,
} from './bank-account.js';
export { ibanCountry, isIban, isSepaIban } from './iban.js';
export {
  bankAccountForm,
  fieldFault,
  fieldSchema,
  registrationForm,
  registrationFormSchema,
  type FormField,
} from './registration-form.js';
export { registryEntities } from './registry.entities.js';
export type { DatabaseErrorCode } from './errors.js';
export { DatabaseModule } from './database.module.js';
export { minorColumn, insertRows } from './columns.js';
