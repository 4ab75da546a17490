import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { csvOf, type CsvCell } from './csv.js';

/** A CSV download of rows, read as it is sent. */
export function csvFile(
  name: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly CsvCell[]>,
): StreamableFile {
  return csvDownload(name, csvOf(columns, rows));
}

/** A CSV download. */
export function csvDownload(name: string, csv: Readable): StreamableFile {
  return new StreamableFile(csv, {
    type: 'text/csv; charset=utf-8; header=present',
    disposition: `attachment; filename="${name}"`,
  });
}
