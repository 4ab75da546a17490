import type { EntityManager } from 'typeorm';
import type { Beneficiary } from '../bank-accounts/beneficiary.js';
import type { MerchantCard } from './merchant-directory.js';

/** Questions of other modules to the merchant registry, answered from the database. */
export abstract class MerchantRegistry {
  /** Merchants by id, as they stand now; unknown ids are left out. */
  abstract findMany(tx: EntityManager, merchantIds: readonly string[]): Promise<Map<string, MerchantCard>>;
  /** The approved bank accounts of merchants, by merchant id; merchants without one are left out. */
  abstract findBeneficiaries(tx: EntityManager, merchantIds: readonly string[]): Promise<Map<string, Beneficiary>>;
  /** The merchant that an application became, for callers with its token ({@link ApplicationTokens}). */
  abstract findIdByApplication(tx: EntityManager, applicationId: string): Promise<string | null>;
}
