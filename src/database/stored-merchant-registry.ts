import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BankAccountRepository } from './bank-account.repository.js';
import type { MerchantCard } from './merchant-directory.js';
import { MerchantRegistry, type Beneficiary } from './merchant-registry.js';
import { MerchantRepository } from './merchant.repository.js';

@Injectable()
export class StoredMerchantRegistry extends MerchantRegistry {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly bankAccounts: BankAccountRepository,
  ) {
    super();
  }

  async findMany(tx: EntityManager, merchantIds: readonly string[]): Promise<Map<string, MerchantCard>> {
    const cards = await this.merchants.findCards(tx, merchantIds);
    return new Map(cards.map((card) => [card.id, card]));
  }

  async findBeneficiaries(tx: EntityManager, merchantIds: readonly string[]): Promise<Map<string, Beneficiary>> {
    const accounts = await this.bankAccounts.findByOwners(tx, merchantIds, ['current']);
    return new Map(accounts.map((account) => [account.ownerId, this.bankAccounts.beneficiaryOf(account)]));
  }
}
