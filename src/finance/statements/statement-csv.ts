import type { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
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

/**
 * A statement as CSV (RFC 4180, UTF-8, header line), row by row as it is read. Texts that a spreadsheet would take for a
 * formula begin with an apostrophe; amounts are numbers and keep their sign.
 */
export function statementCsv(entries: AsyncIterable<EntryView>): Readable {
  const csv = stringify({ header: true, columns: COLUMNS, escape_formulas: true, record_delimiter: 'windows' });
  void write(entries, csv);
  return csv;
}

async function write(entries: AsyncIterable<EntryView>, csv: ReturnType<typeof stringify>): Promise<void> {
  try {
    for await (const { at, asset, account, amount, balanceAfter, journal, cause } of entries) {
      if (csv.destroyed) return;
      const row = [at, asset, account, amount, balanceAfter, journal.id, journal.kind, journal.description];
      const room = csv.write([...row, cause.type, cause.id, cause.reward, cause.payout]);
      if (!room) await new Promise((resolve) => csv.once('drain', resolve).once('close', resolve));
    }
    csv.end();
  } catch (error) {
    csv.destroy(error as Error);
  }
}
