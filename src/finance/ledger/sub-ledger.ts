import type { EntityManager } from 'typeorm';
import type { PostedJournal } from './book.js';

/** Where sub-ledgers are enrolled: the ledger. */
interface Enrolment {
  enrol(subLedger: SubLedger): void;
}

/**
 * Keeps the pieces that a balance is made of: lots of points, single coupons, holds. It follows every journal that the
 * ledger writes, in the same transaction and with the merchant's accounts locked, so that no path can bypass it. It enrols
 * itself, so that the ledger knows none of them by name.
 */
export abstract class SubLedger {
  constructor(ledger: Enrolment) {
    ledger.enrol(this);
  }

  /** Moves its own rows as the journals say. Sends no statement when none of them concerns it. */
  abstract follow(tx: EntityManager, journals: readonly PostedJournal[]): Promise<void>;
}
