import { Module } from '@nestjs/common';
import { ApplicationTokens } from '../access/index.js';
import { BankAccountRepository } from './bank-account.repository.js';
import { MerchantApplicationRepository } from './merchant-application.repository.js';
import { MerchantDirectory } from './merchant-directory.js';
import { MerchantRegistry } from './merchant-registry.js';
import { MerchantRepository } from './merchant.repository.js';
import { RefreshedMerchantDirectory } from './refreshed-merchant-directory.js';
import { StoredMerchantRegistry } from './stored-merchant-registry.js';

/**
 * The merchant registry's answers, for every process. The use cases of staff and applicants need a {@link DecisionLog},
 * so the room that has one provides them: `api/merchants` (ADR 0002).
 */
@Module({
  providers: [
    MerchantApplicationRepository,
    MerchantRepository,
    BankAccountRepository,
    ApplicationTokens,
    RefreshedMerchantDirectory,
    { provide: MerchantDirectory, useExisting: RefreshedMerchantDirectory },
    { provide: MerchantRegistry, useClass: StoredMerchantRegistry },
  ],
  exports: [
    MerchantApplicationRepository,
    MerchantRepository,
    BankAccountRepository,
    ApplicationTokens,
    RefreshedMerchantDirectory,
    MerchantDirectory,
    MerchantRegistry,
  ],
})
export class DatabaseModule {}
