import { BankAccountEntity } from './bank-accounts/bank-account.entity.js';
import { IdentityMarkEntity } from './likeness/identity-mark.entity.js';
import { MerchantApplicationEntity } from './applications/merchant-application.entity.js';
import { MerchantEntity } from './merchants/merchant.entity.js';
import { MerchantWechatEntity } from './wechat/merchant-wechat.entity.js';
import { StorefrontEntity } from './storefronts/storefront.entity.js';

/** The tables of the merchant database. */
export const registryEntities = [
  MerchantApplicationEntity,
  MerchantEntity,
  BankAccountEntity,
  IdentityMarkEntity,
  MerchantWechatEntity,
  StorefrontEntity,
];
