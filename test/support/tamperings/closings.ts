import type { Tampering } from '../audit-tampering.js';

const SUMS = 'what is closed adds up to the entries of its stretch';
const STRETCHES = 'closed stretches follow each other without a gap, and say how many journals they have';

const first = (table: string, what: string): string => `UPDATE ${table} SET ${what} ORDER BY ends_at LIMIT 1`;
const offByOne = (title: string, table: string, column: string): Tampering[] => [
  [`${column} of what is closed is one more`, title, first(table, `${column} = ${column} + 1`)],
  [`${column} of what is closed is one less`, title, first(table, `${column} = ${column} - 1`)],
];

export const closingTamperings: readonly Tampering[] = [
  ...['entries', 'debit', 'credit'].flatMap((column) => offByOne(SUMS, 'book_closing_sum', column)),
  ['what is closed lacks an account', SUMS, 'DELETE FROM book_closing_sum ORDER BY ends_at LIMIT 1'],
  [
    'an entry of what is closed is another amount',
    SUMS,
    "UPDATE entry SET amount = amount + 1 WHERE account = 'reward-cost' ORDER BY journal_id LIMIT 1",
  ],
  ...offByOne(STRETCHES, 'book_closing', 'journals'),
  [
    'a closed stretch begins later than the one before it ended',
    STRETCHES,
    'UPDATE book_closing SET starts_at = starts_at + INTERVAL 1 MICROSECOND ORDER BY ends_at LIMIT 1',
  ],
  [
    'a closed stretch begins before the one before it ended',
    STRETCHES,
    'UPDATE book_closing SET starts_at = starts_at - INTERVAL 1 MICROSECOND ORDER BY ends_at DESC LIMIT 1',
  ],
];
