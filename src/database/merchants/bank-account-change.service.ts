import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError, whoWasFaster } from '../../shared/domain-error.js';
import type { BankAccountEntity } from '../bank-accounts/bank-account.entity.js';
import type { BankAccountDetails } from '../bank-accounts/bank-account.js';
import { BankAccountRepository } from '../bank-accounts/bank-account.repository.js';
import { AuditLog, codeRefusal, type MerchantPrincipal } from '../../access/index.js';
import { actorId, type Actor } from '../callers/actor.js';
import type { DatabaseErrorCode } from '../errors.js';
import { ContactService } from './contact.service.js';
import type { Merchant } from './merchant.entity.js';
import { MerchantRepository } from './merchant.repository.js';
import type { BankAccountDto } from '../bank-accounts/bank-account.dto.js';
import { bankAccountView } from '../bank-accounts/bank-account-view.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import type { BankAccountId, MerchantId } from '../../shared/ids.js';
import { pageOf, type Page, type PageRequest } from '../../shared/page.js';
import { MerchantDirectory } from './merchant-directory.js';
import { merchantName } from './merchant-name.dto.js';
import type { WaitingAccountDto } from './waiting-account.dto.js';

/** Changes of a merchant's bank account: filed by one person, reviewed by another, the old one in force until then. */
@Injectable()
export class BankAccountChangeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly merchants: MerchantRepository,
    private readonly bankAccounts: BankAccountRepository,
    private readonly auditLog: AuditLog,
    private readonly contacts: ContactService,
    private readonly directory: MerchantDirectory,
  ) {}

  /** Every account that the merchant ever had or asked for, the oldest first. Throws `merchant.not-found`. */
  async history(merchantId: MerchantId): Promise<BankAccountDto[]> {
    const em = this.unitOfWork.reader;
    await this.merchants.get(em, merchantId);
    const states = ['pending', 'current', 'replaced', 'rejected'] as const;
    return (await this.bankAccounts.findByOwners(em, [merchantId], states)).map(bankAccountView);
  }

  /** Changes that wait for a review, of all merchants, the oldest first, each beside the account in force. */
  async waiting({ limit, after }: PageRequest<BankAccountId>): Promise<Page<WaitingAccountDto>> {
    const em = this.unitOfWork.reader;
    const rows = await this.bankAccounts.findWaiting(em, after, limit);
    const owners = rows.map(({ ownerId }) => ownerId);
    const current = new Map(
      (await this.bankAccounts.findByOwners(em, owners, ['current'])).map((row) => [row.ownerId, row]),
    );
    return pageOf(
      rows,
      limit,
      (row) => row.id,
      (row) => {
        const inForce = current.get(row.ownerId);
        return {
          merchant: merchantName(this.directory, row.ownerId as MerchantId),
          filedBy: row.filedBy,
          account: bankAccountView(row),
          inForce: inForce === undefined ? null : bankAccountView(inForce),
        };
      },
    );
  }

  /**
   * Asks for another account, and tells the merchant that somebody did. Throws `bank-account.change-waiting`, or `merchant.wrong-state` when
   * closed.
   */
  async fileChange(merchantId: MerchantId, given: BankAccountDetails, by: Actor): Promise<BankAccountDto> {
    const { account, told } = await this.unitOfWork.run((tx) => this.file(tx, merchantId, given, by));
    this.contacts.announce(told);
    return account;
  }

  /**
   * {@link fileChange} by the merchant, who has lately given a code that was sent to them, or gives one now. Throws `code.needed`,
   * `code.refused`, `code.expired` and `code.spent` as well.
   */
  async fileOwnChange(by: MerchantPrincipal, given: BankAccountDetails, code: string | null): Promise<BankAccountDto> {
    const outcome = await this.unitOfWork.run(async (tx) => {
      const verdict = await this.contacts.confirm(tx, by, code);
      return verdict === 'right' ? this.file(tx, by.merchantId, given, by) : verdict;
    });
    if (typeof outcome === 'string') throw codeRefusal(outcome);
    this.contacts.announce(outcome.told);
    return outcome.account;
  }

  /**
   * Puts a waiting account in force. Throws `bank-account.same-person` for the person who filed it, and for who gave the contact by which
   * the merchant signs in: they could have filed it in the merchant's name.
   */
  async approveChange(merchantId: MerchantId, id: BankAccountId, by: Actor): Promise<BankAccountDto> {
    return this.review(merchantId, id, async (tx, account, { contactGivenBy }) => {
      if (account.filedBy === actorId(by))
        throw new DomainError<DatabaseErrorCode>('bank-account.same-person', 'Who filed a change cannot approve it.');
      if (contactGivenBy === actorId(by)) {
        const detail = 'Who gave the merchant’s contact cannot approve their bank account.';
        throw new DomainError<DatabaseErrorCode>('bank-account.same-person', detail);
      }
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

  private async file(tx: EntityManager, merchantId: MerchantId, given: BankAccountDetails, by: Actor) {
    const merchant = await this.lockOpenMerchant(tx, merchantId);
    const id = await this.bankAccounts.insertPending(tx, merchantId, given, by);
    await this.record(tx, merchantId, id, 'bank-account.filed', by);
    const account = bankAccountView(await this.bankAccounts.lock(tx, merchantId, id));
    const values = { number: account.maskedNumber };
    return { account, told: await this.contacts.tell(tx, merchant, { kind: 'bank-account-filed', values }) };
  }

  /** Locks the merchant, then the account: every review takes them in this order. */
  private review(
    merchantId: MerchantId,
    id: BankAccountId,
    decide: (tx: EntityManager, account: BankAccountEntity, merchant: Merchant) => Promise<void>,
  ): Promise<BankAccountDto> {
    return this.unitOfWork.run(async (tx) => {
      const merchant = await this.lockOpenMerchant(tx, merchantId);
      const account = await this.bankAccounts.lock(tx, merchantId, id);
      if (account.state !== 'pending')
        throw new DomainError<DatabaseErrorCode>(
          'bank-account.wrong-state',
          `This account is ${account.state}.`,
          undefined,
          whoWasFaster({ by: account.decidedBy, at: account.decidedAt }),
        );
      await decide(tx, account, merchant);
      return bankAccountView(await this.bankAccounts.lock(tx, merchantId, id));
    });
  }

  private async lockOpenMerchant(tx: EntityManager, id: MerchantId): Promise<Merchant> {
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
