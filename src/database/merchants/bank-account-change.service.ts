import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../../shared/domain-error.js';
import type { BankAccountEntity } from '../bank-accounts/bank-account.entity.js';
import type { BankAccountDetails } from '../bank-accounts/bank-account.js';
import { BankAccountRepository } from '../bank-accounts/bank-account.repository.js';
import { AuditLog } from '../../access/index.js';
import { actorId, type Actor } from '../callers/actor.js';
import type { DatabaseErrorCode } from '../errors.js';
import type { MerchantEntity } from './merchant.entity.js';
import { MerchantRepository } from './merchant.repository.js';
import type { BankAccountDto } from '../bank-accounts/bank-account.dto.js';
import { bankAccountView } from '../bank-accounts/bank-account-view.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import type { BankAccountId, MerchantId } from '../../shared/ids.js';

/** Changes of a merchant's bank account: filed by one person, reviewed by another, the old one in force until then. */
@Injectable()
export class BankAccountChangeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly merchants: MerchantRepository,
    private readonly bankAccounts: BankAccountRepository,
    private readonly auditLog: AuditLog,
  ) {}

  /** Every account that the merchant ever had or asked for, the oldest first. Throws `merchant.not-found`. */
  async history(merchantId: MerchantId): Promise<BankAccountDto[]> {
    const em = this.unitOfWork.reader;
    await this.merchants.get(em, merchantId);
    const states = ['pending', 'current', 'replaced', 'rejected'] as const;
    return (await this.bankAccounts.findByOwners(em, [merchantId], states)).map(bankAccountView);
  }

  /** Asks for another account. Throws `bank-account.change-waiting`, or `merchant.wrong-state` when closed. */
  async fileChange(merchantId: MerchantId, given: BankAccountDetails, by: Actor): Promise<BankAccountDto> {
    return this.unitOfWork.run(async (tx) => {
      await this.lockOpenMerchant(tx, merchantId);
      const id = await this.bankAccounts.insertPending(tx, merchantId, given, by);
      await this.record(tx, merchantId, id, 'bank-account.filed', by);
      return bankAccountView(await this.bankAccounts.lock(tx, merchantId, id));
    });
  }

  /** Puts a waiting account in force. Throws `bank-account.same-person` for the person who filed it. */
  async approveChange(merchantId: MerchantId, id: BankAccountId, by: Actor): Promise<BankAccountDto> {
    return this.review(merchantId, id, async (tx, account) => {
      if (account.filedBy === actorId(by))
        throw new DomainError<DatabaseErrorCode>('bank-account.same-person', 'Who filed a change cannot approve it.');
      await this.bankAccounts.makeCurrent(tx, account, merchantId, by);
      await this.record(tx, merchantId, id, 'bank-account.approved', by);
    });
  }

  async rejectChange(merchantId: MerchantId, id: BankAccountId, reason: string, by: Actor): Promise<BankAccountDto> {
    return this.review(merchantId, id, async (tx, account) => {
      await this.bankAccounts.reject(tx, account, reason, by);
      await this.record(tx, merchantId, id, 'bank-account.rejected', by, reason);
    });
  }

  /** Locks the merchant, then the account: every review takes them in this order. */
  private review(
    merchantId: MerchantId,
    id: BankAccountId,
    decide: (tx: EntityManager, account: BankAccountEntity) => Promise<void>,
  ): Promise<BankAccountDto> {
    return this.unitOfWork.run(async (tx) => {
      await this.lockOpenMerchant(tx, merchantId);
      const account = await this.bankAccounts.lock(tx, merchantId, id);
      if (account.state !== 'pending')
        throw new DomainError<DatabaseErrorCode>('bank-account.wrong-state', `This account is ${account.state}.`);
      await decide(tx, account);
      return bankAccountView(await this.bankAccounts.lock(tx, merchantId, id));
    });
  }

  private async lockOpenMerchant(tx: EntityManager, id: MerchantId): Promise<MerchantEntity> {
    const merchant = await this.merchants.lock(tx, id);
    if (merchant.state === 'closed')
      throw new DomainError<DatabaseErrorCode>('merchant.wrong-state', 'The merchant is closed.');
    return merchant;
  }

  private record(
    tx: EntityManager,
    merchantId: MerchantId,
    bankAccount: BankAccountId,
    action: 'bank-account.filed' | 'bank-account.approved' | 'bank-account.rejected',
    by: Actor,
    reason: string | null = null,
  ): Promise<void> {
    return this.auditLog.record(tx, { principal: by, action, subject: merchantId, detail: { bankAccount, reason } });
  }
}
