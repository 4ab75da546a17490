import fc from 'fast-check';
import { MAX_AMOUNT } from '../../shared/money.js';
import { OPERATOR } from './account.js';
import { Book, clawbackEntries, creditEntries, newAccountRow, operatorEntry } from './book.js';
import type { EntryDraft, JournalDraft } from './journal.js';

const merchantId = 'mer_a';
const asset = 'CNY';

function draft(entries: EntryDraft[], businessKey = 'test'): JournalDraft {
  return {
    businessKey,
    kind: 'reward',
    description: 'A test.',
    occurredAt: new Date(0),
    cause: { type: 'order-event', id: 'evt_a' },
    entries,
  };
}

const amount = fc.bigInt({ min: 1n, max: 10_000n });
const step = fc.oneof(
  fc.record({ kind: fc.constant('credit' as const), amount }),
  fc.record({ kind: fc.constant('clawback' as const), amount }),
);

describe('a book of locked accounts', () => {
  it('never shows money available while something is owed, and adds up to all credits less all clawbacks', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const book = Book.of([newAccountRow(merchantId, asset)]);
        let expected = 0n;
        for (const { kind, amount: value } of steps) {
          const mine = (kind === 'credit' ? creditEntries : clawbackEntries)(book, {
            merchantId,
            asset,
            amount: value,
          });
          const signed = kind === 'credit' ? value : -value;
          book.post(draft([...mine, operatorEntry('reward-cost', { asset, amount: -signed })]));
          expected += signed;
          const { available, owed } = book.balances(merchantId, asset);
          expect(available + owed).toBe(expected);
          expect(available === 0n || owed === 0n).toBe(true);
          expect(available >= 0n && owed <= 0n).toBe(true);
        }
      }),
    );
  });

  it('numbers the entries of a merchant and asset without a gap, each with the balance it left', () => {
    const book = Book.of([newAccountRow(merchantId, asset)]);
    for (const value of [500n, 300n]) {
      book.post(
        draft([
          ...creditEntries(book, { merchantId, asset, amount: value }),
          operatorEntry('reward-cost', { asset, amount: -value }),
        ]),
      );
    }
    const mine = book.journals.flatMap((journal) => journal.entries).filter((entry) => entry.owner === merchantId);
    expect(mine.map((entry) => [entry.seq, entry.balanceAfter])).toEqual([
      [1n, 500n],
      [2n, 800n],
    ]);
    expect(book.changes().map((row) => row.version)).toEqual([2n]);
  });

  it('refuses to take more than is there, and posts nothing of that journal', () => {
    const book = Book.of([newAccountRow(merchantId, asset)]);
    const take = draft([
      { owner: merchantId, asset, account: 'available', amount: -1n },
      { owner: merchantId, asset, account: 'reserved', amount: 1n },
    ]);
    expect(() => book.post(take)).toThrow(
      expect.objectContaining({
        code: 'ledger.insufficient-funds',
        detail: 'mer_a has not enough CNY in available for a movement of -1.',
      }),
    );
    expect(book.journals).toEqual([]);
    expect(book.changes()).toEqual([]);
  });

  it('lets no merchant spend what the same journal gives to another', () => {
    const book = Book.of([newAccountRow(merchantId, asset), newAccountRow('mer_b', asset)]);
    const across = draft([
      { owner: merchantId, asset, account: 'available', amount: 5n },
      { owner: 'mer_b', asset, account: 'available', amount: -5n },
    ]);
    expect(() => book.post(across)).toThrow('ledger.insufficient-funds');
  });

  it('keeps amounts where they are exact: neither a balance nor a debt beyond what an integer on the wire can carry', () => {
    const to = (account: 'available' | 'owed', value: bigint) =>
      draft([
        { owner: merchantId, asset, account, amount: value },
        operatorEntry('adjustment', { asset, amount: -value }),
      ]);
    const book = Book.of([newAccountRow(merchantId, asset), newAccountRow('mer_b', asset)]);
    book.post(to('available', MAX_AMOUNT));
    expect(() => book.post(to('available', 1n))).toThrow('ledger.insufficient-funds');
    book.post(to('owed', -MAX_AMOUNT));
    expect(() => book.post(to('owed', -1n))).toThrow('ledger.insufficient-funds');
    expect(book.balances(merchantId, asset)).toMatchObject({ available: MAX_AMOUNT, owed: -MAX_AMOUNT });
  });

  it('lists what changed in the order of the keys, each as it stands, and leaves out what did not', () => {
    const rows = (['mer_c', 'mer_a', 'mer_b'] as const).map((id) => newAccountRow(id, asset));
    const book = Book.of(rows);
    for (const id of ['mer_c', 'mer_a'] as const)
      book.post(
        draft([
          { owner: id, asset, account: 'available', amount: 5n },
          operatorEntry('reward-cost', { asset, amount: -5n }),
        ]),
      );
    expect(book.changes().map((row) => [row.merchantId, row.balances.available, row.version])).toEqual([
      ['mer_a', 5n, 1n],
      ['mer_c', 5n, 1n],
    ]);
  });

  it('numbers no entry of the platform, whose balances are sums and no rows', () => {
    const book = Book.of([newAccountRow(merchantId, asset)]);
    const { entries, id } = book.post(
      draft([...creditEntries(book, { merchantId, asset, amount: 5n }), operatorEntry('fees', { asset, amount: -5n })]),
    );
    expect(id).toMatch(/^jnl_/);
    expect(entries[1]).toEqual({ owner: OPERATOR, account: 'fees', asset, amount: -5n, seq: null, balanceAfter: null });
  });

  it('knows nothing of accounts that were not locked for it', () => {
    const book = Book.of([newAccountRow(merchantId, asset)]);
    expect(() => book.balances(merchantId, 'EUR')).toThrow('mer_a EUR was not locked for this book');
  });

  it('writes no entry of nothing where a debt is paid off, or the money is there, to the cent', () => {
    const book = Book.of([newAccountRow(merchantId, asset)]);
    const post = (entries: EntryDraft[], value: bigint) =>
      book.post(draft([...entries, operatorEntry('reward-cost', { asset, amount: value })]));
    post(clawbackEntries(book, { merchantId, asset, amount: 7n }), 7n);
    const credit = creditEntries(book, { merchantId, asset, amount: 7n, rewardId: 'rwd_a' });
    expect(credit).toEqual([{ owner: merchantId, asset, account: 'owed', amount: 7n, rewardId: 'rwd_a' }]);
    post(credit, -7n);
    post(creditEntries(book, { merchantId, asset, amount: 4n }), -4n);
    const back = clawbackEntries(book, { merchantId, asset, amount: 4n });
    expect(back).toEqual([{ owner: merchantId, asset, account: 'available', amount: -4n }]);
  });

  it.each<[how: string, entries: EntryDraft[]]>([
    [
      'does not add up',
      [
        operatorEntry('reward-cost', { asset, amount: -2n }),
        { owner: merchantId, asset, account: 'available', amount: 1n },
      ],
    ],
    [
      'mixes assets',
      [
        operatorEntry('reward-cost', { asset: 'USD', amount: -1n }),
        { owner: merchantId, asset, account: 'available', amount: 1n },
      ],
    ],
    [
      'has an entry of zero',
      [
        operatorEntry('reward-cost', { asset, amount: 0n }),
        { owner: merchantId, asset, account: 'available', amount: 0n },
      ],
    ],
    ['is empty', []],
  ])('refuses a journal that %s', (_, entries) => {
    const refused = () => Book.of([newAccountRow(merchantId, asset)]).post(draft(entries));
    expect(refused).toThrow(/^test (is off by -?1 (CNY|USD)|has an entry of zero|has fewer than two entries)$/);
    expect(refused).toThrow(expect.objectContaining({ name: 'UnbalancedJournalError' }));
  });

  it('says by how much a journal is off, of which asset', () => {
    const entries = [
      operatorEntry('reward-cost', { asset, amount: -5n }),
      operatorEntry('fees', { asset, amount: 3n }),
    ];
    expect(() => Book.of([]).post(draft(entries))).toThrow('test is off by -2 CNY');
  });
});
