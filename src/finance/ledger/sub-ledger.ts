import type { EntityManager } from 'typeorm';
import type { PostedJournal } from './book.js';

/**
 * Keeps the pieces that a balance is made of: lots of points, single coupons. It follows every journal that the ledger
 * writes, in the same transaction and with the merchant's accounts locked, so that no path can bypass it.
 */
export abstract class SubLedger {
  /** Moves its own rows as the journals say. Sends no statement when none of them concerns it. */
  abstract follow(tx: EntityManager, journals: readonly PostedJournal[]): Promise<void>;
}

/** Token of the list of all {@link SubLedger}s. */
export const SUB_LEDGERS = Symbol('SUB_LEDGERS');
