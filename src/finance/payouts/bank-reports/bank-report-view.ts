import { isId, type BankReportId } from '../../../shared/ids.js';
import { formatMinor } from '../../../shared/money.js';
import { LINE_RESULTS, type BankReportLineEntity, type LineResult } from './bank-report.entity.js';
import type { BankReportLineDto, BankReportResultsDto } from './bank-report.dto.js';

/** A line's place. */
export interface LineKey {
  reportId: BankReportId;
  line: number;
}

/** A line's id: that of its report, and its number there. */
export function lineId({ reportId, line }: LineKey): string {
  return `${reportId}-${line}`;
}

/** The place of the line with this id; null when it is no id of a line. */
export function lineKey(id: string): LineKey | null {
  const [, reportId = '', line = ''] = /^(.{1,40})-([1-9]\d{0,8})$/.exec(id) ?? [];
  return isId('bankReport', reportId) ? { reportId, line: parseInt(line, 10) } : null;
}

export function lineView(line: BankReportLineEntity) {
  return {
    id: lineId(line),
    reference: line.reference,
    payout: line.payoutId,
    bankStatus: line.says,
    status: line.status,
    reasonCode: line.reasonCode,
    reason: line.reason,
    amount: line.amount,
    currency: line.currency,
    charge: line.chargeMinor === null || line.currency === null ? null : formatMinor(line.chargeMinor, line.currency),
    bookedOn: line.bookedOn,
    bankReference: line.bankReference,
    account: line.lastFour === null ? null : `••••${line.lastFour}`,
    result: line.result,
    detail: line.detail,
    sameAs: line.sameAs,
  } satisfies BankReportLineDto;
}

/** How many there are of each result. */
export function resultCounts(counted: Iterable<readonly [LineResult, number]>): BankReportResultsDto {
  const counts = Object.fromEntries(LINE_RESULTS.map((result) => [result, 0])) as Record<LineResult, number>;
  for (const [result, count] of counted) counts[result] += count;
  return counts;
}
