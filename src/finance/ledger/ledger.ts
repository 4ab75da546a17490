import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Book } from './book.js';
import { LedgerRepository } from './ledger.repository.js';
import type { SubLedger } from './sub-ledger.js';
import type { MerchantId } from '../../shared/ids.js';

/**
 * The one way to move money: inside the caller's transaction, lock, decide on the locked balances, write.
 * Lock what else is needed (orders, rewards, payouts) before the accounts, so that all transactions lock in the same order.
 */
@Injectable()
export class Ledger {
  private readonly subLedgers: SubLedger[] = [];

  constructor(private readonly repository: LedgerRepository) {}

  /** From now on the sub-ledger follows every journal. */
  enrol(subLedger: SubLedger): void {
    this.subLedgers.push(subLedger);
  }

  /**
   * Locks the accounts of the merchants named, lets `decide` post to the book, and writes what it posted. The unique
   * business keys make a second posting of the same event fail as a duplicate, which rolls the transaction back.
   */
  async post<T>(
    tx: EntityManager,
    accounts: readonly { merchantId: MerchantId; asset: string }[],
    decide: (book: Book) => T,
  ): Promise<T> {
    const book = Book.of(await this.repository.lockAccounts(tx, accounts));
    const result = decide(book);
    await this.repository.write(tx, book);
    for (const subLedger of this.subLedgers) await subLedger.follow(tx, book.journals);
    return result;
  }
}
