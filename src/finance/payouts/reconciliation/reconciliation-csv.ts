import type { StreamableFile } from '@nestjs/common';
import { csvFile } from '../../../shared/csv-file.js';
import { mapped } from '../../../shared/csv.js';
import type { ReconciledBatchDto, ReconciledPayoutDto } from './reconciliation.dto.js';
import { ENDS } from './reconciliation.repository.js';
import type { PayoutBatchId } from '../../../shared/ids.js';

const SUMS = ['total', ...ENDS] as const;

/** One batch a line. */
export function batchesCsv(batches: AsyncIterable<ReconciledBatchDto>): StreamableFile {
  const sums = SUMS.flatMap((end) => [`${end}Count`, `${end}Amount`]);
  const columns = ['batch', 'messageId', 'currency', 'rail', 'submittedAt', 'ageDays', ...sums];
  const rows = mapped(batches, (batch) => [
    batch.id,
    batch.messageId,
    batch.currency,
    batch.rail,
    batch.submittedAt,
    batch.ageDays,
    ...SUMS.flatMap((end) => [batch[end].count, batch[end].amount]),
  ]);
  return csvFile('reconciliation.csv', columns, rows);
}

const PAYOUT = ['payout', 'merchant', 'reference', 'state', 'amount', 'sentAmount', 'currency', 'stateAt', 'openDays'];

/** One payout a line; ids of its lines and journals, and the days of its bookings, in one cell each. */
export function payoutsCsv(batchId: PayoutBatchId, payouts: AsyncIterable<ReconciledPayoutDto>): StreamableFile {
  const rows = mapped(payouts, (one) => [
    one.id,
    one.merchant,
    one.reference,
    one.state,
    one.amount,
    one.sentAmount,
    one.currency,
    one.stateAt,
    one.openDays,
    one.lines.map(({ id }) => id).join(' '),
    [...new Set(one.lines.flatMap(({ bookedOn }) => bookedOn ?? []))].join(' '),
    one.journals.map(({ id }) => id).join(' '),
  ]);
  return csvFile(`${batchId}-reconciliation.csv`, [...PAYOUT, 'lines', 'bookedOn', 'journals'], rows);
}
