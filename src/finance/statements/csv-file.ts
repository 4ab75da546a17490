import { StreamableFile } from '@nestjs/common';
import { csvOf, type CsvCell } from './csv.js';

/** A CSV download, read as it is sent. */
export function csvFile(
  name: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly CsvCell[]>,
): StreamableFile {
  return new StreamableFile(csvOf(columns, rows), {
    type: 'text/csv; charset=utf-8; header=present',
    disposition: `attachment; filename="${name}"`,
  });
}
