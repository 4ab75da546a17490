import { Inject, Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Config } from '../../core/config.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId, type BankAccountId, type MerchantId } from '../../shared/ids.js';
import { AccountNumberVault, type SealContext } from './account-number-vault.js';
import { BankAccountEntity, type BankAccountState, type OwnerId } from './bank-account.entity.js';
import { normaliseBankAccount, shownEnd, type BankAccountDetails } from './bank-account.js';
import { actorId, type Actor } from '../callers/actor.js';
import { isDuplicate } from '../../core/driver-error.js';
import type { DatabaseErrorCode } from '../errors.js';
import { IdentityMarks } from '../likeness/identity-marks.repository.js';
import type { Beneficiary } from './beneficiary.js';

const NOW = () => 'NOW(6)';

/** Bank accounts, the only place that seals and opens their numbers. */
@Injectable()
export class BankAccountRepository {
  private readonly vault: AccountNumberVault;

  constructor(
    @Inject(Config) config: Config,
    private readonly marks: IdentityMarks,
  ) {
    this.vault = new AccountNumberVault(config.dataKeys, config.blindIndexKey);
  }

  /** A new account that waits for its review. Throws `bank-account.change-waiting` when one waits already. */
  async insertPending(
    tx: EntityManager,
    ownerId: OwnerId,
    given: BankAccountDetails,
    by: Actor,
  ): Promise<BankAccountId> {
    const id = newId('bankAccount');
    const { number, ...shown } = normaliseBankAccount(given);
    const { keyId, sealed } = this.vault.seal(number, { bankAccountId: id, ownerId, ...contextOf(shown) });
    const numberHash = this.vault.hash(number);
    try {
      await tx.insert(BankAccountEntity, {
        ...shown,
        id,
        ownerId,
        state: 'pending',
        currentOwnerId: null,
        pendingOwnerId: ownerId,
        keyId,
        sealedNumber: sealed,
        numberHash,
        lastFour: shownEnd(number),
        filedBy: actorId(by),
        filedAt: NOW,
        decidedBy: null,
        decidedAt: null,
        rejectReason: null,
      });
    } catch (error) {
      if (!isDuplicate(error, 'bank_account_pending')) throw error;
      throw new DomainError<DatabaseErrorCode>('bank-account.change-waiting', 'Another change waits for its review.');
    }
    await this.marks.note(tx, ownerId, { bankAccount: { holder: shown.holder, numberHash } });
    return id;
  }

  /** The account of an owner that waits for its review, locked. */
  lockPending(tx: EntityManager, ownerId: OwnerId): Promise<BankAccountEntity | null> {
    return tx.findOne(BankAccountEntity, { where: { pendingOwnerId: ownerId }, lock: { mode: 'pessimistic_write' } });
  }

  /** Locks one account of that owner. Throws `bank-account.not-found`. */
  async lock(tx: EntityManager, ownerId: OwnerId, id: BankAccountId): Promise<BankAccountEntity> {
    const account = await tx.findOne(BankAccountEntity, {
      where: { id, ownerId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!account) throw new DomainError<DatabaseErrorCode>('bank-account.not-found', 'There is no such bank account.');
    return account;
  }

  /** Puts a waiting account in force for a merchant, in place of the one before. The merchant's row must be locked. */
  async makeCurrent(tx: EntityManager, account: BankAccountEntity, merchantId: MerchantId, by: Actor): Promise<void> {
    await tx.update(
      BankAccountEntity,
      { currentOwnerId: merchantId },
      { state: 'replaced' satisfies BankAccountState, currentOwnerId: null },
    );
    // Sealed anew for the merchant, so that the number opens as this merchant's only.
    const number = this.open(account);
    const context = { bankAccountId: account.id, ownerId: merchantId, ...contextOf(account) };
    const { keyId, sealed } = this.vault.seal(number, context);
    await this.decide(tx, account.id, by, {
      state: 'current',
      ownerId: merchantId,
      currentOwnerId: merchantId,
      keyId,
      sealedNumber: sealed,
    });
  }

  async reject(tx: EntityManager, account: BankAccountEntity, reason: string, by: Actor): Promise<void> {
    await this.decide(tx, account.id, by, { state: 'rejected', rejectReason: reason });
  }

  /** Merchants' accounts that wait for a review, the oldest first; that of an application waits with the application. */
  findWaiting(em: EntityManager, after: BankAccountId | null, limit: number): Promise<BankAccountEntity[]> {
    const list = em
      .createQueryBuilder(BankAccountEntity, 'a')
      .where("a.pendingOwnerId BETWEEN 'mer_' AND 'mer_~'")
      .orderBy('a.id')
      .limit(limit + 1);
    if (after !== null) list.andWhere('a.id > :after', { after });
    return list.getMany();
  }

  /** Accounts in the given state of each owner, numbers still sealed. */
  findByOwners(
    em: EntityManager,
    ownerIds: readonly OwnerId[],
    states: readonly BankAccountState[],
  ): Promise<BankAccountEntity[]> {
    if (ownerIds.length === 0) return Promise.resolve([]);
    return em.find(BankAccountEntity, {
      where: { ownerId: In([...ownerIds]), state: In([...states]) },
      order: { id: 'ASC' },
    });
  }

  /** The account with its number in clear. Throws when the row was tampered with. */
  beneficiaryOf(account: BankAccountEntity): Beneficiary {
    return {
      bankAccountId: account.id,
      holder: account.holder,
      holderLatin: account.holderLatin,
      town: account.town,
      number: this.open(account),
      lastFour: account.lastFour,
      bankName: account.bankName,
      bic: account.bic,
      country: account.country,
      numberHash: account.numberHash,
    };
  }

  private open(account: BankAccountEntity): string {
    return this.vault.open({ keyId: account.keyId, sealed: account.sealedNumber }, sealContextOf(account));
  }

  private async decide(
    tx: EntityManager,
    id: BankAccountId,
    by: Actor,
    outcome: Partial<BankAccountEntity>,
  ): Promise<void> {
    const { affected } = await tx.update(
      BankAccountEntity,
      { id, state: 'pending' satisfies BankAccountState },
      { ...outcome, pendingOwnerId: null, decidedBy: actorId(by), decidedAt: NOW },
    );
    if (affected !== 1)
      throw new DomainError<DatabaseErrorCode>('bank-account.wrong-state', 'This account is already reviewed.');
  }
}

/** What the number of an account is bound to. */
export function sealContextOf(account: Pick<BankAccountEntity, Bound | 'id' | 'ownerId'>): SealContext {
  return { bankAccountId: account.id, ownerId: account.ownerId, ...contextOf(account) };
}

type Bound = 'holder' | 'holderLatin' | 'town' | 'country' | 'bic';

function contextOf(account: Pick<BankAccountDetails, Bound>): Pick<SealContext, Bound> {
  const { holder, holderLatin, town, country, bic } = account;
  return { holder, ...(holderLatin !== null && { holderLatin }), ...(town !== null && { town }), country, bic };
}
