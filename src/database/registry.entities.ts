import { BankAccountEntity } from './bank-account.entity.js';
import { MerchantApplicationEntity } from './merchant-application.entity.js';
import { MerchantEntity } from './merchant.entity.js';

/** The tables of the merchant registry. */
export const registryEntities = [MerchantApplicationEntity, MerchantEntity, BankAccountEntity];
