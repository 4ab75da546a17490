import type { Readable } from 'node:stream';
import { csvOf, type CsvCell } from './csv.js';
import type { EntryView } from './statement.dto.js';

const COLUMNS = [
  'at',
  'asset',
  'account',
  'amount',
  'balanceAfter',
  'journalId',
  'kind',
  'description',
  'causeType',
  'causeId',
  'rewardId',
  'payoutId',
];

/** A statement as CSV, row by row as it is read. */
export function statementCsv(entries: AsyncIterable<EntryView>): Readable {
  return csvOf(COLUMNS, rowsOf(entries));
}

async function* rowsOf(entries: AsyncIterable<EntryView>): AsyncGenerator<CsvCell[]> {
  for await (const { at, asset, account, amount, balanceAfter, journal, cause } of entries) {
    const row = [at, asset, account, amount, balanceAfter, journal.id, journal.kind, journal.description];
    yield [...row, cause.type, cause.id, cause.reward, cause.payout];
  }
}
