import { emptyBalances, isMerchants, MERCHANT_ACCOUNTS, type Balances } from './account.js';
import type { BalanceReader } from './book.js';
import type { EntryDraft } from './journal.js';
import type { MerchantId } from '../../shared/ids.js';

/**
 * The entries of one journal in the making. It knows the balances as they will be with the entries so far, so that a
 * negative balance is settled once when a journal credits a merchant twice.
 */
export class EntryList implements BalanceReader {
  readonly entries: EntryDraft[] = [];

  constructor(private readonly book: BalanceReader) {}

  add(...entries: readonly EntryDraft[]): void {
    this.entries.push(...entries.filter((entry) => entry.amount !== 0n));
  }

  balances(merchantId: MerchantId, asset: string): Readonly<Balances> {
    const now = this.book.balances(merchantId, asset);
    const later = emptyBalances();
    for (const account of MERCHANT_ACCOUNTS) later[account] = now[account];
    for (const entry of this.entries)
      if (isMerchants(entry) && entry.owner === merchantId && entry.asset === asset)
        later[entry.account] += entry.amount;
    return later;
  }
}
