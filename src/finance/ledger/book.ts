import { DomainError } from '../../shared/domain-error.js';
import { newId, type JournalId, type MerchantId, type PayoutId, type RewardId } from '../../shared/ids.js';
import { MAX_AMOUNT } from '../../shared/money.js';
import type { LedgerErrorCode } from './errors.js';
import { emptyBalances, isMerchants, mayStand, OPERATOR, type Balances, type MerchantAccount } from './account.js';
import { assertBalanced, type EntryDraft, type JournalDraft } from './journal.js';
import type { Amount } from '../../shared/amount.js';

/** A merchant's row of one asset as locked in the database. */
export interface AccountRow {
  merchantId: MerchantId;
  asset: string;
  balances: Balances;
  /** How many entries these accounts have; the number of the last one. */
  version: bigint;
}

export type PostedEntry = EntryDraft & {
  /** Number of the entry within (merchant, asset); null on the operator's accounts. */
  seq: bigint | null;
  /** The account's balance after the entry; null on the operator's accounts. */
  balanceAfter: bigint | null;
};

export interface PostedJournal extends Omit<JournalDraft, 'entries'> {
  id: JournalId;
  entries: readonly PostedEntry[];
}

/** What knows a merchant's balances. */
export interface BalanceReader {
  balances(merchantId: MerchantId, asset: string): Readonly<Balances>;
}

/**
 * The accounts that a transaction has locked, and what is to be written to them. All decisions that depend on a balance
 * are taken here, in memory, in order; the ledger writes the result in a few statements.
 */
export class Book implements BalanceReader {
  readonly journals: PostedJournal[] = [];
  private readonly touched = new Set<string>();

  private constructor(private readonly rows: Map<string, AccountRow>) {}

  static of(rows: readonly AccountRow[]): Book {
    return new Book(new Map(rows.map((row) => [rowKey(row.merchantId, row.asset), row])));
  }

  /** A merchant's balances as they stand now, with everything posted to this book so far. */
  balances(merchantId: MerchantId, asset: string): Readonly<Balances> {
    return this.row(merchantId, asset).balances;
  }

  /**
   * Posts a journal. Throws `ledger.insufficient-funds` when a balance would fall below what may stand; nothing of the
   * journal is then posted.
   */
  post(draft: JournalDraft): PostedJournal {
    assertBalanced(draft);
    this.assertFunds(draft.entries);
    const entries = draft.entries.map((entry): PostedEntry => {
      if (!isMerchants(entry)) return { ...entry, seq: null, balanceAfter: null };
      const row = this.row(entry.owner, entry.asset);
      row.balances[entry.account] += entry.amount;
      row.version += 1n;
      this.touched.add(rowKey(entry.owner, entry.asset));
      return { ...entry, seq: row.version, balanceAfter: row.balances[entry.account] };
    });
    const journal = { ...draft, id: newId('journal'), entries };
    this.journals.push(journal);
    return journal;
  }

  /** The rows that changed. */
  changes(): AccountRow[] {
    return [...this.touched].sort().map((key) => this.rows.get(key) as AccountRow);
  }

  private assertFunds(entries: readonly EntryDraft[]): void {
    const after = new Map<string, bigint>();
    for (const entry of entries) {
      if (!isMerchants(entry)) continue;
      const { owner, asset, account, amount } = entry;
      const key = `${rowKey(owner, asset)} ${account}`;
      const balance = (after.get(key) ?? this.row(owner, asset).balances[account]) + amount;
      after.set(key, balance);
      if (!mayStand(account, balance) || balance > MAX_AMOUNT || balance < -MAX_AMOUNT) {
        throw insufficientFunds(owner, asset, account, amount);
      }
    }
  }

  private row(merchantId: MerchantId, asset: string): AccountRow {
    const row = this.rows.get(rowKey(merchantId, asset));
    if (!row) throw new Error(`${merchantId} ${asset} was not locked for this book`);
    return row;
  }
}

/** The refusal of a movement that an account cannot bear. */
export function insufficientFunds(
  owner: MerchantId,
  asset: string,
  account: MerchantAccount,
  amount: bigint,
): DomainError {
  return new DomainError<LedgerErrorCode>(
    'ledger.insufficient-funds',
    `${owner} has not enough ${asset} in ${account} for a movement of ${amount.toString()}.`,
  );
}

export function newAccountRow(merchantId: MerchantId, asset: string): AccountRow {
  return { merchantId, asset, balances: emptyBalances(), version: 0n };
}

function rowKey(merchantId: MerchantId, asset: string): string {
  return `${merchantId} ${asset}`;
}

/**
 * Entries that credit a merchant with money that is theirs to have now: a negative balance is settled first, the rest becomes
 * available.
 */
export function creditEntries(
  book: BalanceReader,
  credit: Amount & { merchantId: MerchantId; rewardId?: RewardId; payoutId?: PayoutId },
): EntryDraft[] {
  const { merchantId, amount, ...rest } = credit;
  const owed = -book.balances(merchantId, credit.asset).owed;
  const toOwed = owed < amount ? owed : amount;
  return [
    { ...rest, owner: merchantId, account: 'owed' as const, amount: toOwed },
    { ...rest, owner: merchantId, account: 'available' as const, amount: amount - toOwed },
  ].filter((entry) => entry.amount !== 0n);
}

/** Entries that take back what was credited: from available as far as it goes, the rest makes the balance negative (`owed`). Never fails for lack of funds. */
export function clawbackEntries(
  book: BalanceReader,
  debit: Amount & { merchantId: MerchantId; rewardId?: RewardId },
): EntryDraft[] {
  const { merchantId, amount, ...rest } = debit;
  const available = book.balances(merchantId, debit.asset).available;
  const fromAvailable = available < amount ? available : amount;
  return [
    { ...rest, owner: merchantId, account: 'available' as const, amount: -fromAvailable },
    { ...rest, owner: merchantId, account: 'owed' as const, amount: fromAvailable - amount },
  ].filter((entry) => entry.amount !== 0n);
}

/** The operator's side of a movement. */
export function operatorEntry(
  account: 'reward-cost' | 'adjustment' | 'fees' | 'redeemed' | 'expired',
  entry: Amount & { rewardId?: RewardId; payoutId?: PayoutId },
): EntryDraft {
  return { ...entry, owner: OPERATOR, account };
}
