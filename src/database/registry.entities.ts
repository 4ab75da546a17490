import { BankAccountEntity } from './bank-account.entity.js';
import { MerchantApplicationEntity } from './merchant-application.entity.js';
import { MerchantEntity } from './merchant.entity.js';
import { StorefrontEntity } from './storefronts/storefront.entity.js';

/** The tables of the merchant database. */
export const registryEntities = [MerchantApplicationEntity, MerchantEntity, BankAccountEntity, StorefrontEntity];
