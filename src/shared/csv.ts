import type { Readable } from 'node:stream';
import { stringify, type Stringifier } from 'csv-stringify';
import { DomainError, type SharedErrorCode } from './domain-error.js';

/** A cell: texts are guarded, numbers keep their sign. */
export type CsvCell = string | number | bigint | null;

/** For how long a reader may take nothing before what it holds open is closed, and how often that is looked at. */
const STALLED_MS = 30_000;
const LOOKS = 10;

/** So many are sent at once by a process; fewer than the connections that there are for reading. */
export const DOWNLOADS_AT_ONCE = 4;
let downloads = 0;

/**
 * Rows as CSV (RFC 4180, UTF-8, header line), each as it is read, so memory stays flat. Texts that a spreadsheet would
 * take for a formula begin with an apostrophe. When the reader goes away or stalls, reading the rows ends too. Throws
 * `service.busy` while {@link DOWNLOADS_AT_ONCE} others are sent.
 */
export function csvOf(columns: readonly string[], rows: AsyncIterable<readonly CsvCell[]>): Readable {
  if (downloads >= DOWNLOADS_AT_ONCE)
    throw new DomainError<SharedErrorCode>('service.busy', 'Too many downloads are under way in this moment.');
  const csv = stringify({ header: true, columns: [...columns], escape_formulas: true, record_delimiter: 'windows' });
  downloads += 1;
  csv.once('close', () => (downloads -= 1));
  const counted = { rows: 0 };
  cutWhenStalled(csv, counted);
  void write(rows, csv, counted);
  return csv;
}

/** Each item as a row, as it is read. */
export async function* mapped<T>(items: AsyncIterable<T>, row: (item: T) => CsvCell[]): AsyncGenerator<CsvCell[]> {
  for await (const item of items) yield row(item);
}

async function write(
  rows: AsyncIterable<readonly CsvCell[]>,
  csv: Stringifier,
  written: { rows: number },
): Promise<void> {
  try {
    for await (const row of rows) {
      if (csv.destroyed) return;
      written.rows += 1;
      if (!csv.write(row)) await drained(csv);
    }
    csv.end();
  } catch (error) {
    csv.destroy(error as Error);
  }
}

async function drained(csv: Stringifier): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      csv.off('drain', done).off('close', done);
      resolve();
    };
    csv.on('drain', done).on('close', done);
  });
}

/** A reader stalls when there is something to take and nothing of it is taken; rows that are long in coming are no stall. */
function cutWhenStalled(csv: Stringifier, written: Readonly<{ rows: number }>): void {
  let seen = '';
  let unchanged = 0;
  const timer = setInterval(() => {
    const now = [written.rows, csv.writableLength, csv.readableLength].join(' ');
    unchanged = csv.readableLength > 0 && now === seen ? unchanged + 1 : 0;
    seen = now;
    if (unchanged >= LOOKS) csv.destroy(new Error('the reader has stopped'));
  }, STALLED_MS / LOOKS);
  timer.unref();
  csv.once('close', () => clearInterval(timer));
}
