import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/index.js';
import { MessagesModule } from '../messages/index.js';
import { ApplicationController } from './application.controller.js';
import { BankAccountRepository } from './bank-account.repository.js';
import { BankAccountService } from './bank-account.service.js';
import { MerchantApplicationRepository } from './merchant-application.repository.js';
import { MerchantApplicationService } from './merchant-application.service.js';
import { MerchantController } from './merchant.controller.js';
import { MerchantDirectory } from './merchant-directory.js';
import { MerchantRegistry } from './merchant-registry.js';
import { MerchantRepository } from './merchant.repository.js';
import { MerchantService } from './merchant.service.js';
import { RefreshedMerchantDirectory } from './refreshed-merchant-directory.js';
import { Registrar } from './registrar.js';
import { registryEntities } from './registry.entities.js';
import { ContactController } from './sign-in/contact.controller.js';
import { ContactService } from './sign-in/contact.service.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { StoredMerchantRegistry } from './stored-merchant-registry.js';
import { StorefrontController } from './storefronts/storefront.controller.js';
import { StorefrontMemory } from './storefronts/storefront-memory.js';
import { StorefrontRepository } from './storefronts/storefront.repository.js';
import { StorefrontService } from './storefronts/storefront.service.js';
import { StorefrontDirectory } from './storefronts/storefront.js';

/** The merchant database: applications, merchants and their bank accounts, and the storefronts that they bring shoppers to. */
@Module({
  imports: [TypeOrmModule.forFeature(registryEntities), MessagesModule, AccessModule],
  controllers: [StorefrontController, ApplicationController, SignInController, ContactController, MerchantController],
  providers: [
    BankAccountRepository,
    BankAccountService,
    MerchantApplicationRepository,
    MerchantApplicationService,
    MerchantRepository,
    MerchantService,
    RefreshedMerchantDirectory,
    ContactService,
    Registrar,
    SignInService,
    StorefrontMemory,
    StorefrontRepository,
    StorefrontService,
    { provide: MerchantDirectory, useExisting: RefreshedMerchantDirectory },
    { provide: MerchantRegistry, useClass: StoredMerchantRegistry },
    { provide: StorefrontDirectory, useExisting: StorefrontMemory },
  ],
  exports: [MerchantDirectory, MerchantRegistry, StorefrontDirectory],
})
export class DatabaseModule {}
