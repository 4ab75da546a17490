import { DomainError } from '../../shared/domain-error.js';
import { MAX_AMOUNT, minorToWire } from '../../shared/money.js';
import type { LedgerErrorCode } from './errors.js';

/** A sum over many movements as a JSON integer. Throws `finance.sum-too-large` when it would lose a digit. */
export function sumToWire(sum: bigint, asset: string): number {
  if (sum > MAX_AMOUNT || sum < -MAX_AMOUNT)
    throw new DomainError<LedgerErrorCode>(
      'finance.sum-too-large',
      `${sum.toString()} ${asset} is more than an answer can carry exactly; the CSV files have every entry.`,
    );
  return minorToWire(sum);
}
