import type { EntityManager } from 'typeorm';
import type { MerchantCard } from './merchant-directory.js';

/** Where a merchant wants cash to go. The number is in clear: never log, queue or store it elsewhere. */
export interface Beneficiary {
  bankAccountId: string;
  merchantId: string;
  holder: string;
  /** The holder in Latin letters, as they write it; null: not given. */
  holderLatin: string | null;
  /** The holder's town, in Latin letters; null: not given. */
  town: string | null;
  /** IBAN, or the domestic account number. */
  number: string;
  lastFour: string;
  bankName: string | null;
  bic: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Keyed hash of the number: equal numbers, equal hashes. */
  numberHash: string;
}

/** Questions of other modules to the merchant registry, answered from the database. */
export abstract class MerchantRegistry {
  /** Merchants by id, as they stand now; unknown ids are left out. */
  abstract findMany(tx: EntityManager, merchantIds: readonly string[]): Promise<Map<string, MerchantCard>>;
  /** The approved bank accounts of merchants, by merchant id; merchants without one are left out. */
  abstract findBeneficiaries(tx: EntityManager, merchantIds: readonly string[]): Promise<Map<string, Beneficiary>>;
}
