import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/index.js';
import { MessagesModule } from '../messages/index.js';
import { DeskModule } from '../desk/index.js';
import { ApplicationController } from './applications/application.controller.js';
import { BankAccountRepository } from './bank-accounts/bank-account.repository.js';
import { BankAccountChangeService } from './merchants/bank-account-change.service.js';
import { MerchantApplicationRepository } from './applications/merchant-application.repository.js';
import { MerchantApplicationService } from './applications/merchant-application.service.js';
import { MerchantController } from './merchants/merchant.controller.js';
import { MerchantDirectory } from './merchants/merchant-directory.js';
import { MerchantRegistry } from './merchants/merchant-registry.js';
import { MerchantRepository } from './merchants/merchant.repository.js';
import { MerchantService } from './merchants/merchant.service.js';
import { RefreshedMerchantDirectory } from './merchants/refreshed-merchant-directory.js';
import { ApplicationFinder, MerchantFinder, StorefrontFinder } from './registry-finders.repository.js';
import { RegistryWork } from './registry-work.repository.js';
import { Registrar } from './applications/registrar.js';
import { ContactController } from './merchants/contact.controller.js';
import { ContactLog } from './merchants/contact-log.js';
import { ContactVault } from './merchants/contact-vault.js';
import { ContactService } from './merchants/contact.service.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { WidgetTokenController } from './sign-in/widget-token.controller.js';
import { registryEntities } from './registry.entities.js';
import { StoredMerchantRegistry } from './merchants/stored-merchant-registry.js';
import { MerchantStorefrontController } from './storefronts/merchant-storefront.controller.js';
import { WaitingAccountsController } from './merchants/waiting-accounts.controller.js';
import { StorefrontController } from './storefronts/storefront.controller.js';
import { StorefrontMemory } from './storefronts/storefront-memory.js';
import { StorefrontRepository } from './storefronts/storefront.repository.js';
import { StorefrontService } from './storefronts/storefront.service.js';
import { StorefrontDirectory } from './storefronts/storefront.js';
import { WechatLinks } from './sign-in/wechat-links.service.js';
import { WechatSignInController } from './sign-in/wechat-sign-in.controller.js';
import { DoublesService } from './applications/doubles.service.js';
import { IdentityMarks } from './likeness/identity-marks.repository.js';
import { MerchantWechatRepository } from './wechat/merchant-wechat.repository.js';
import { WechatAccount } from './wechat/wechat-account.js';
import { WechatStates } from './wechat/wechat-states.js';
import { PersonalDataController } from './privacy/personal-data.controller.js';
import { PersonalDataService } from './privacy/personal-data.service.js';
import { PersonalDataRetention } from './privacy/personal-data-retention.js';
import { RegistryPersonalData } from './privacy/registry-personal-data.repository.js';
import { WechatShareController } from './wechat/wechat-share.controller.js';

/** The merchant database: applications, merchants and their bank accounts, and the storefronts that they bring shoppers to. */
@Module({
  imports: [TypeOrmModule.forFeature(registryEntities), MessagesModule, AccessModule, DeskModule],
  controllers: [
    StorefrontController,
    ApplicationController,
    SignInController,
    WechatSignInController,
    ContactController,
    WidgetTokenController,
    MerchantStorefrontController,
    MerchantController,
    WaitingAccountsController,
    WechatShareController,
    PersonalDataController,
  ],
  providers: [
    MerchantFinder,
    ApplicationFinder,
    StorefrontFinder,
    RegistryWork,
    RegistryPersonalData,
    PersonalDataService,
    PersonalDataRetention,
    IdentityMarks,
    DoublesService,
    BankAccountRepository,
    BankAccountChangeService,
    MerchantApplicationRepository,
    MerchantApplicationService,
    MerchantRepository,
    MerchantService,
    RefreshedMerchantDirectory,
    ContactService,
    ContactLog,
    ContactVault,
    Registrar,
    SignInService,
    StorefrontMemory,
    StorefrontRepository,
    StorefrontService,
    WechatAccount,
    WechatStates,
    WechatLinks,
    MerchantWechatRepository,
    { provide: MerchantDirectory, useExisting: RefreshedMerchantDirectory },
    { provide: MerchantRegistry, useClass: StoredMerchantRegistry },
    { provide: StorefrontDirectory, useExisting: StorefrontMemory },
  ],
  exports: [MerchantDirectory, MerchantRegistry, StorefrontDirectory, PersonalDataRetention],
})
export class DatabaseModule {}
