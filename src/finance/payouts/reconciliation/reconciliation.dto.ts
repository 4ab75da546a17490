import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsCurrencyCode } from '../../../shared/fields.js';
import { PageQuery } from '../../../shared/page.dto.js';
import { LINE_RESULTS, type LineResult } from '../bank-reports/bank-report.entity.js';
import { PAYOUT_STATES, type PayoutState } from '../payout.js';
import { RAIL_NAMES, type RailName } from '../rails/payout-rail.js';

/** Which batches. */
export class ReconciliationQuery extends PageQuery {
  /** Of this currency, ISO 4217. */
  @IsOptional()
  @IsCurrencyCode()
  currency?: string;

  /** That left by this rail. */
  @IsOptional()
  @IsIn(RAIL_NAMES)
  rail?: RailName;

  /** `true`: only batches of which something is open. */
  @IsOptional()
  @IsIn(['true', 'false'])
  open?: 'true' | 'false';
}

/** Payouts that came to the same. */
export class ReconciledSumDto {
  /** How many. */
  count!: number;
  /** What the bank was told to pay for them, minor units. */
  amount!: number;
}

/** A batch that was sent, and what became of it. */
export class ReconciledBatchDto {
  /** `pba_…` */
  id!: string;
  /** MsgId of its file. */
  messageId!: string;
  /** ISO 4217. */
  currency!: string;
  /** How the money left. */
  @ApiProperty({ enum: RAIL_NAMES })
  rail!: RailName;
  /** RFC 3339. */
  submittedAt!: string;
  /** Whole days since then, by the database's clock. */
  ageDays!: number;
  /** All of it. */
  total!: ReconciledSumDto;
  /** With the bank, without an outcome yet. */
  open!: ReconciledSumDto;
  /** Booked. */
  paid!: ReconciledSumDto;
  /** Refused. */
  failed!: ReconciledSumDto;
  /** Came back after it was booked. */
  returned!: ReconciledSumDto;
  /** Withdrawn by people: its file never reached the bank. */
  withdrawn!: ReconciledSumDto;
}

/** Lines of bank reports that wait for a person. */
export class WaitingLinesDto {
  /** How many. */
  count!: number;
  /** Whole days since the oldest came; null: none waits. */
  oldestDays!: number | null;
}

/** Batches that were sent, the latest first. */
export class ReconciliationPageDto {
  /** One page. */
  items!: ReconciledBatchDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
  /** See `/v1/bank-report-lines?result=open`. */
  waitingLines!: WaitingLinesDto;
}

/** What a bank said of a payout. */
export class ReconciledLineDto {
  /** Id of the line. */
  id!: string;
  /** What it means for the payout. */
  bankStatus!: string | null;
  /** Status as the bank wrote it. */
  status!: string;
  /** As the bank wrote it, with decimals. */
  amount!: string | null;
  /** ISO 4217. */
  currency!: string | null;
  /** Day of the booking. */
  bookedOn!: string | null;
  /** The bank's own name of the booking. */
  bankReference!: string | null;
  /** What came of it. */
  @ApiProperty({ enum: LINE_RESULTS })
  result!: LineResult;
}

/** A journal that moved a payout. */
export class ReconciledJournalDto {
  /** `jnl_…` */
  id!: string;
  /** payout-reserved, payout-submitted, payout-paid … */
  kind!: string;
  /** What it moved, minor units. */
  amount!: number;
  /** RFC 3339. */
  postedAt!: string;
}

/** A payout with its reference at the bank, what the bank said, and what was posted. */
export class ReconciledPayoutDto {
  /** `pay_…` */
  id!: string;
  /** `pba_…` */
  batch!: string;
  /** `mer_…` */
  merchant!: string;
  /** EndToEndId. */
  reference!: string;
  /** What became of it so far. */
  @ApiProperty({ enum: PAYOUT_STATES })
  state!: PayoutState;
  /** What the merchant gave up, minor units. */
  amount!: number;
  /** What the bank was told to pay, minor units. */
  sentAmount!: number;
  /** ISO 4217. */
  currency!: string;
  /** Since when it is in its state, RFC 3339. */
  stateAt!: string;
  /** While it is with the bank: whole days since it was sent, by the database's clock. */
  openDays!: number | null;
  /** The oldest first. */
  lines!: ReconciledLineDto[];
  /** The oldest first. */
  journals!: ReconciledJournalDto[];
}

/** Payouts in the order of their batch. */
export class ReconciledPayoutPageDto {
  /** One page. */
  items!: ReconciledPayoutDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
}
