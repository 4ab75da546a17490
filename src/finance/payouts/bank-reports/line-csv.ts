import type { StreamableFile } from '@nestjs/common';
import { csvFile } from '../../../shared/csv-file.js';
import { mapped } from '../../../shared/csv.js';
import type { ListedLineDto } from './bank-report.dto.js';

const LINE = [
  ...['id', 'kind', 'messageId', 'receivedAt', 'ageDays', 'result', 'detail', 'bankStatus', 'status', 'reference'],
  ...['amount', 'currency', 'charge', 'bookedOn', 'bankReference', 'account', 'payout', 'reasonCode', 'reason'],
  ...['sameAs', 'decidedBy', 'decidedAt', 'decisionReason'],
] as const satisfies readonly (keyof ListedLineDto)[];

/** One line of a bank report a line. */
export function linesCsv(lines: AsyncIterable<ListedLineDto>): StreamableFile {
  return csvFile(
    'bank-report-lines.csv',
    LINE,
    mapped(lines, (line) => LINE.map((column) => line[column])),
  );
}
