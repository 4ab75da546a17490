import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Beneficiary } from '../bank-accounts/beneficiary.js';
import { BankAccountRepository } from '../bank-accounts/bank-account.repository.js';
import type { MerchantCard } from './merchant-directory.js';
import { MerchantRegistry } from './merchant-registry.js';
import { MerchantRepository } from './merchant.repository.js';
import type { ApplicationId, MerchantId } from '../../shared/ids.js';

@Injectable()
export class StoredMerchantRegistry extends MerchantRegistry {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly bankAccounts: BankAccountRepository,
  ) {
    super();
  }

  async findMany(tx: EntityManager, merchantIds: readonly MerchantId[]): Promise<Map<MerchantId, MerchantCard>> {
    const cards = await this.merchants.findCards(tx, merchantIds);
    return new Map(cards.map((card) => [card.id, card]));
  }

  async findIdByApplication(tx: EntityManager, applicationId: ApplicationId): Promise<MerchantId | null> {
    const [merchant] = await this.merchants.findByApplications(tx, [applicationId]);
    return merchant?.id ?? null;
  }

  async findBeneficiaries(
    tx: EntityManager,
    merchantIds: readonly MerchantId[],
  ): Promise<Map<MerchantId, Beneficiary>> {
    const accounts = await this.bankAccounts.findByOwners(tx, merchantIds, ['current']);
    return new Map(
      accounts.flatMap((account) =>
        account.currentOwnerId === null ? [] : [[account.currentOwnerId, this.bankAccounts.beneficiaryOf(account)]],
      ),
    );
  }
}
