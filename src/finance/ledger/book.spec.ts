import fc from 'fast-check';
import { Book, clawbackEntries, creditEntries, newAccountRow, platformEntry } from './book.js';
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
          book.post(draft([...mine, platformEntry('reward-cost', { asset, amount: -signed })]));
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
          platformEntry('reward-cost', { asset, amount: -value }),
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
    expect(() => book.post(take)).toThrow('ledger.insufficient-funds');
    expect(book.journals).toEqual([]);
    expect(book.changes()).toEqual([]);
  });

  it.each([
    [
      'does not add up',
      [
        platformEntry('reward-cost', { asset, amount: -2n }),
        { owner: merchantId, asset, account: 'available' as const, amount: 1n },
      ],
    ],
    [
      'mixes assets',
      [
        platformEntry('reward-cost', { asset: 'USD', amount: -1n }),
        { owner: merchantId, asset, account: 'available' as const, amount: 1n },
      ],
    ],
    [
      'has an entry of zero',
      [
        platformEntry('reward-cost', { asset, amount: 0n }),
        { owner: merchantId, asset, account: 'available' as const, amount: 0n },
      ],
    ],
    ['is empty', []],
  ])('refuses a journal that %s', (_, entries) => {
    expect(() => Book.of([newAccountRow(merchantId, asset)]).post(draft(entries))).toThrow('test');
  });
});
