import type { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

/** A cell: texts are guarded, numbers keep their sign. */
export type CsvCell = string | number | bigint | null;

/** For how long a reader may take nothing before what it holds open is closed. */
const STALLED_MS = 60_000;

/**
 * Rows as CSV (RFC 4180, UTF-8, header line), each as it is read, so memory stays flat. Texts that a spreadsheet would
 * take for a formula begin with an apostrophe. When the reader goes away or stalls, reading the rows ends too.
 */
export function csvOf(columns: readonly string[], rows: AsyncIterable<readonly CsvCell[]>): Readable {
  const csv = stringify({ header: true, columns: [...columns], escape_formulas: true, record_delimiter: 'windows' });
  void write(rows, csv);
  return csv;
}

/** Each item as a row, as it is read. */
export async function* mapped<T>(items: AsyncIterable<T>, row: (item: T) => CsvCell[]): AsyncGenerator<CsvCell[]> {
  for await (const item of items) yield row(item);
}

async function write(rows: AsyncIterable<readonly CsvCell[]>, csv: ReturnType<typeof stringify>): Promise<void> {
  try {
    for await (const row of rows) {
      if (csv.destroyed) return;
      if (!csv.write(row)) await drained(csv);
    }
    csv.end();
  } catch (error) {
    csv.destroy(error as Error);
  }
}

async function drained(csv: ReturnType<typeof stringify>): Promise<void> {
  const timer = setTimeout(() => csv.destroy(new Error('the reader has stopped')), STALLED_MS);
  await new Promise<void>((resolve) => {
    const done = () => {
      csv.off('drain', done).off('close', done);
      resolve();
    };
    csv.on('drain', done).on('close', done);
  });
  clearTimeout(timer);
}
