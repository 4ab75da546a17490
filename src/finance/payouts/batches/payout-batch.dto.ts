import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import { IsAmount, IsCurrencyCode, IsText } from '../../../shared/fields.js';
import { PeriodPageQuery } from '../../../shared/page.dto.js';
import type { BatchState } from '../payout-batch.js';
import { BatchPolicyDto } from '../terms/payout-policy.dto.js';
import { PAYOUT_STATES, type PayoutState } from '../payout.js';
import {
  FILE_FORMATS,
  PAUSE_CAUSES,
  RAIL_NAMES,
  type FileFormat,
  type PauseCause,
  type RailName,
} from '../rails/payout-rail.js';
import type { MerchantId } from '../../../shared/ids.js';
import { PayoutFileDto } from './payout-file.dto.js';

const BATCH_STATES = [
  'draft',
  'awaiting-approval',
  'approved',
  'submitted',
  'completed',
  'rejected',
  'cancelled',
  'withdrawn',
] as const satisfies readonly BatchState[];

/** Which batches to list; `from` and `to` are of their making. */
export class PayoutBatchListQuery extends PeriodPageQuery {
  /** Only in this state; a submitted batch is `completed` once each of its payouts has its outcome. */
  @IsOptional()
  @IsIn(BATCH_STATES)
  state?: BatchState;

  /** Only in this currency. */
  @IsOptional()
  @IsCurrencyCode()
  currency?: string;

  /** Only on this rail. */
  @IsOptional()
  @IsIn(RAIL_NAMES)
  rail?: RailName;
}

/** Whom to pay. */
export class CreatePayoutBatchDto {
  /** ISO 4217; a batch has one currency. */
  @IsCurrencyCode()
  currency!: string;

  /** How the money leaves. */
  @IsIn(RAIL_NAMES)
  rail!: RailName;

  /** Of the bank file, on a rail that writes one; default: the first of the rail. */
  @IsOptional()
  @IsIn(FILE_FORMATS)
  fileFormat?: FileFormat | null;

  /** Least that a merchant is paid, in minor units; default: what the policy of the currency says, and no less than that. */
  @IsOptional()
  @IsAmount(1)
  minAmount?: number | null;

  /** Only these merchants; default: everyone who has something. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @ArrayUnique()
  @Matches(/^mer_[0-9a-z]{26}$/, { each: true, message: 'must be ids of merchants' })
  merchants?: MerchantId[] | null;
}

/** Why a batch is sent back. */
export class RejectPayoutBatchDto {
  /** For the maker to read. */
  @IsText(500)
  reason!: string;
}

/** How many payouts of a batch are in a state. */
export class PayoutCountDto {
  /** The state. */
  @ApiProperty({ enum: PAYOUT_STATES })
  state!: PayoutState;
  /** How many payouts. */
  count!: number;
  /** What merchants give up with them, minor units. */
  amount!: number;
}

/** When the bank is to pay. */
export class SubmitPayoutBatchDto {
  /**
   * The banking day on which the bank is to pay, YYYY-MM-DD, where the rail's file says one: not in the past, at most 90
   * days ahead; default: the next banking day by the holidays of the batch's schedule, today included.
   */
  @IsOptional()
  @Matches(/^\d{4}-\d\d-\d\d$/, { message: 'must be a day, YYYY-MM-DD' })
  executionDate?: string | null;
}

/** What the checker approves. */
export class ApprovePayoutBatchDto {
  /** The `contentHash` of the batch that the checker has looked at; nothing else is approved then. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: 'must be the contentHash of the batch' })
  contentHash?: string | null;
}

/** Why nothing more of a batch is sent for now. No payout fails for it. */
export class BatchPauseDto {
  /** `top-up`: the operator's account at the rail lacks money. `operator`: its set-up is at fault. */
  @ApiProperty({ enum: PAUSE_CAUSES })
  cause!: PauseCause;
  /** What the rail said. */
  reason!: string;
  /** Since when, RFC 3339. */
  since!: string;
  /** When it is retried automatically, RFC 3339; `POST …/resume` tries at once. */
  triedAgainAt!: string;
}

/** A payout batch. */
export class PayoutBatchDto {
  /** `pba_…` */
  id!: string;
  /** How far people have taken it; `completed` once every payout has its outcome. */
  @ApiProperty({ enum: BATCH_STATES })
  state!: BatchState;
  /** ISO 4217. */
  currency!: string;
  /** How the money leaves. */
  @ApiProperty({ enum: RAIL_NAMES })
  rail!: RailName;
  /** What the bank file is written in; null on a rail without files. */
  @ApiProperty({ enum: FILE_FORMATS, nullable: true })
  fileFormat!: FileFormat | null;
  /** Least amount of a payout, minor units. */
  minAmount!: number;
  /** Number of payouts, as drafted and approved. */
  payoutCount!: number;
  /** What merchants give up in all, minor units. */
  total!: number;
  /** Fees of all payouts, minor units. */
  fees!: number;
  /** What the rail is told to pay in all, minor units; `file` says what is left of it where payouts were taken out. */
  controlSum!: number;
  /** Payouts that were approved and not sent, because their merchants were stopped meanwhile; each has its `stopReason`. */
  takenOutCount!: number;
  /** What they come to, minor units: the merchants have it again. */
  takenOutAmount!: number;
  /** The terms that it was drafted under; the approval binds them. */
  policy!: BatchPolicyDto | null;
  /** Number of merchants excluded. */
  skippedCount!: number;
  /** Merchants who could be paid, but the rail carries no more in one batch; the next one takes them first. */
  waitingCount!: number;
  /** The payouts by state: outcomes belong to payouts, not to batches. */
  outcomes!: PayoutCountDto[];
  /** Staff id of the maker; `system`: a schedule. */
  madeBy!: string;
  /** RFC 3339. */
  madeAt!: string;
  /** Staff id of who asked for approval. */
  requestedBy!: string | null;
  /** RFC 3339. */
  requestedAt!: string | null;
  /** How many checkers it takes: 1, or 2 above the threshold of the policy. */
  approvalsNeeded!: number;
  /** Staff id of the first checker where it takes two. */
  firstApprovedBy!: string | null;
  /** RFC 3339. */
  firstApprovedAt!: string | null;
  /** Staff id of the checker who decided. */
  approvedBy!: string | null;
  /** RFC 3339. */
  approvedAt!: string | null;
  /** What an approval of the batch as it stands now binds; null when it has no payout. */
  contentHash!: string | null;
  /** What the approval binds: every beneficiary, amount, currency, rail and reference. */
  approvalHash!: string | null;
  /** Staff id of who submitted it. */
  submittedBy!: string | null;
  /** RFC 3339. */
  submittedAt!: string | null;
  /** The banking day on which the bank is to pay, YYYY-MM-DD; null before the submission, and where a file has no date. */
  executionDate!: string | null;
  /** Staff id of who rejected or cancelled it, or agreed to its withdrawal. */
  endedBy!: string | null;
  /** RFC 3339. */
  endedAt!: string | null;
  /** Why it was rejected or withdrawn. */
  endReason!: string | null;
  /** Why nothing more of it is sent for now; null: it is not paused. */
  paused!: BatchPauseDto | null;
  /** The bank file, once written. */
  file!: PayoutFileDto | null;
}

/** Batches, the latest first. */
export class PayoutBatchPageDto {
  /** One page. */
  items!: PayoutBatchDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
}
