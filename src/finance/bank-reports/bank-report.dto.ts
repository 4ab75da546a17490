import { ApiProperty } from '@nestjs/swagger';
import { LINE_RESULTS, type LineResult } from './bank-report.entity.js';

/** What a report said of one payment, and what came of it. */
export class BankReportLineDto {
  /** EndToEndId of the payment, when the bank names one. */
  reference!: string | null;
  /** The payout that it is about. */
  payoutId!: string | null;
  /** What it means for the payout; null: nothing. */
  says!: string | null;
  /** Status as the bank wrote it. */
  status!: string;
  /** ISO 20022 reason. */
  reasonCode!: string | null;
  /** The bank's explanation. */
  reason!: string | null;
  /** Amount as the bank wrote it, with decimals. */
  amount!: string | null;
  /** ISO 4217. */
  currency!: string | null;
  /** Day of the booking. */
  bookedOn!: string | null;
  /** Only `applied` changed anything. */
  @ApiProperty({ enum: LINE_RESULTS })
  result!: LineResult;
  /** Why it was not applied. */
  detail!: string | null;
}

/** How many lines came to what. */
export class BankReportResultsDto {
  /** Moved a payout. */
  applied!: number;
  /** Said what was known already. */
  duplicate!: number;
  /** Said what the payout is past. */
  late!: number;
  /** Cannot be: a person has to look. */
  contradicting!: number;
  /** About no payout of ours. */
  unmatched!: number;
  /** Kept, with nothing to do. */
  noted!: number;
}

/** A bank report as it was taken in. */
export class BankReportDto {
  /** `bkr_…` */
  id!: string;
  /** `pain.002`, `camt.053` or `camt.054`. */
  kind!: string;
  /** The bank's message id. */
  messageId!: string;
  /** How many lines came to what. */
  results!: BankReportResultsDto;
  /** Every line. */
  lines!: BankReportLineDto[];
}
