import type { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { download } from './download.js';

/** A cell: texts are guarded, numbers keep their sign. */
export type CsvCell = string | number | bigint | null;

/**
 * Rows as CSV (RFC 4180, UTF-8, header line), each as it is read; see {@link download}. Texts that a spreadsheet would
 * take for a formula begin with an apostrophe.
 */
export function csvOf(columns: readonly string[], rows: AsyncIterable<readonly CsvCell[]>): Readable {
  const csv = stringify({ header: true, columns: [...columns], escape_formulas: true, record_delimiter: 'windows' });
  return download(csv, rows);
}

/** Each item as a row, as it is read. */
export async function* mapped<T>(items: AsyncIterable<T>, row: (item: T) => CsvCell[]): AsyncGenerator<CsvCell[]> {
  for await (const item of items) yield row(item);
}
