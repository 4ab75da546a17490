import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Book, journalText, type EntryDraft, Ledger, type MerchantAccount } from '../ledger/index.js';
import { refusalAbout } from './payout-refusal.js';
import { JOURNALS, journalKey } from './payout.js';
import type { PayoutEntity } from './payouts.entities.js';

/** The journals of what people do with a whole batch. */
@Injectable()
export class PayoutPosting {
  constructor(private readonly ledger: Ledger) {}

  /**
   * One journal for each payout; `entriesOf` answers null when the merchant has not enough. Throws
   * `payout.insufficient-funds` with those payouts.
   */
  async post(
    tx: EntityManager,
    payouts: readonly PayoutEntity[],
    move: 'reserved' | 'cancelled' | 'submitted' | 'withdrawn',
    occurredAt: Date,
    entriesOf: (book: Book, payout: PayoutEntity) => EntryDraft[] | null,
  ): Promise<void> {
    const accounts = payouts.map(({ merchantId, currency }) => ({ merchantId, asset: currency }));
    await this.ledger.post(tx, accounts, (book) => {
      const short = payouts.filter((payout) => {
        const entries = entriesOf(book, payout);
        if (entries === null) return true;
        book.post({
          businessKey: journalKey(move, payout.id),
          kind: JOURNALS[move],
          description: journalText(move, { reference: payout.reference, batch: payout.batchId }),
          occurredAt,
          cause: { type: 'payout', id: payout.id },
          entries,
        });
        return false;
      });
      if (short.length === 0) return;
      const changed = short.map((payout) => ({ payout, reason: 'less-available' as const }));
      throw refusalAbout(
        'payout.insufficient-funds',
        'Less is available than was drafted: refresh the draft.',
        changed,
      );
    });
  }
}

/** An entry of a payout on one of its merchant's accounts. */
export function payoutEntry(payout: PayoutEntity, account: MerchantAccount, amount: bigint): EntryDraft {
  return { owner: payout.merchantId, asset: payout.currency, account, amount, payoutId: payout.id };
}

/** The same on the clearing account of its rail. */
export function inTransitEntry(payout: PayoutEntity, amount: bigint): EntryDraft {
  const { rail, currency: asset, id: payoutId } = payout;
  return { owner: `rail:${rail}`, asset, account: 'in-transit', amount, payoutId };
}
