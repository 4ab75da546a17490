import type { EntityManager } from 'typeorm';
import type { ApplicationId, MerchantId } from '../../shared/ids.js';
import type { Beneficiary } from '../bank-accounts/beneficiary.js';
import type { MerchantCard } from './merchant-directory.js';

/** Questions of other modules to the merchant registry, answered from the database. */
export abstract class MerchantRegistry {
  /** Merchants by id, as they stand now; unknown ids are left out. */
  abstract findMany(tx: EntityManager, merchantIds: readonly MerchantId[]): Promise<Map<MerchantId, MerchantCard>>;
  /** The approved bank accounts of merchants, by merchant id; merchants without one are left out. */
  abstract findBeneficiaries(
    tx: EntityManager,
    merchantIds: readonly MerchantId[],
  ): Promise<Map<MerchantId, Beneficiary>>;
  /** The merchant that an application became, for callers with its token ({@link ApplicationTokens}). */
  abstract findIdByApplication(tx: EntityManager, applicationId: ApplicationId): Promise<MerchantId | null>;
}
