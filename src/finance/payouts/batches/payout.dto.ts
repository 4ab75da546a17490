import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { IsAmount, IsCurrencyCode, IsText } from '../../../shared/fields.js';
import { PeriodPageQuery } from '../../../shared/page.dto.js';
import { SKIP_REASONS, type BatchState, type SkipReason } from '../payout-batch.js';
import { BatchPolicyDto } from '../terms/payout-policy.dto.js';
import { FEE_PAYERS, type FeePayer } from '../terms/payout-policy.js';
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

/** How to try again; as before where nothing is said. */
export class RetryPayoutDto {
  /** How the money leaves this time. */
  @IsOptional()
  @IsIn(RAIL_NAMES)
  rail?: RailName | null;

  /** Of the bank file, on a rail that writes one; default: the first of the rail. */
  @IsOptional()
  @IsIn(FILE_FORMATS)
  fileFormat?: FileFormat | null;
}

/** Why a transfer is cancelled. */
export class CancelTransferDto {
  /** For the audit log. */
  @IsText(500)
  reason!: string;
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

/** A stored bank file. */
export class PayoutFileDto {
  /** SHA-256 of its bytes, in hex. */
  sha256!: string;
  /** Its size. */
  bytes!: number;
  /** Payments in it. */
  payments!: number;
  /** Their sum, minor units. */
  controlSum!: number;
  /** 1, 2, 3 …: a file for another day is a new version of the same payments. */
  version!: number;
}

/** One version of a batch's file. */
export class PayoutFileVersionDto {
  /** 1, 2, 3 … */
  version!: number;
  /** `replaced` and `withdrawn` files must not be handed in. */
  @ApiProperty({ enum: ['current', 'replaced', 'withdrawn'] })
  state!: 'current' | 'replaced' | 'withdrawn';
  /** The banking day on which the bank is to pay, YYYY-MM-DD. */
  executionDate!: string | null;
  /** SHA-256 of its bytes, in hex. */
  sha256!: string;
  /** Its size. */
  bytes!: number;
  /** When it was replaced, RFC 3339. */
  replacedAt!: string | null;
}

/** The file of a batch and those that it replaced. */
export class PayoutFilesDto {
  /** The one that counts first. */
  items!: PayoutFileVersionDto[];
}

/** Which version of a file. */
export class PayoutFileQuery {
  /** Default: the one that counts. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(65_535)
  version?: number;
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
  /** Number of payouts. */
  payoutCount!: number;
  /** What merchants give up in all, minor units. */
  total!: number;
  /** Fees of all payouts, minor units. */
  fees!: number;
  /** What the rail is told to pay in all, minor units. */
  controlSum!: number;
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

export class PayoutWarningDto {
  /** The same each time. */
  @ApiProperty({ enum: ['no-town'] })
  code!: 'no-town';
  /** In words. */
  detail!: string;
}

/** Where a payout goes, as it was when drafted. */
export class PayoutBeneficiaryDto {
  /** As the merchant wrote it. */
  holder!: string;
  /** As the rail says it. */
  holderSent!: string;
  /** The holder's town as the rail may say it, in a payment across a border; null: not known, or the rail says none. */
  townSent!: string | null;
  /** `••••` and the last four. */
  maskedNumber!: string;
  /** Name of the bank. */
  bankName!: string | null;
  /** BIC of the bank. */
  bic!: string | null;
  /** ISO 3166-1 alpha-2. */
  country!: string;
  /** What the bank may not like: look before you approve. */
  warnings!: PayoutWarningDto[];
}

/** One payout. */
export class PayoutDto {
  /** `pay_…` */
  id!: string;
  /** `pba_…` */
  batch!: string;
  /** `mer_…` */
  merchant!: string;
  /** What became of it so far. */
  @ApiProperty({ enum: PAYOUT_STATES })
  state!: PayoutState;
  /** The gross amount: what is taken from the merchant's balance, minor units. */
  amount!: number;
  /** What the payout costs, minor units. */
  fee!: number;
  /** Who bears the fee; null: there is none. */
  @ApiProperty({ enum: FEE_PAYERS, nullable: true })
  feeChargedTo!: FeePayer | null;
  /** What the rail is told to pay, minor units. */
  sentAmount!: number;
  /** ISO 4217. */
  currency!: string;
  /** How it leaves. */
  @ApiProperty({ enum: RAIL_NAMES })
  rail!: RailName;
  /** EndToEndId: its name at the bank, for ever. */
  reference!: string;
  /** `pay_…` of the payout that failed or was returned and is tried again with this one. */
  retryOf!: string | null;
  /** Where it goes. */
  beneficiary!: PayoutBeneficiaryDto;
  /** ISO 20022 reason of a failure or return. */
  reasonCode!: string | null;
  /** What the bank said. */
  reason!: string | null;
  /** Whether the payee has to agree to the transfer first; only their own token sees what that needs. */
  waitsForPayee!: boolean;
  /** When the rail was asked to cancel it, RFC 3339; it stays open until the rail says that it is cancelled. */
  cancelAskedAt!: string | null;
  /** How often the rail was called for it. */
  attempts!: number;
  /** Since when it is in its state, RFC 3339. */
  stateAt!: string;
}

/** A merchant who is not in the batch. */
export class PayoutSkipDto {
  /** `mer_…` */
  merchant!: string;
  /** Why. */
  @ApiProperty({ enum: SKIP_REASONS })
  reason!: SkipReason;
  /** More about why. */
  detail!: string | null;
  /** What the merchant has available, minor units. */
  available!: number;
}

/** A new draft with its payouts and the merchants excluded; of a large one the first page of each. */
export class PayoutDraftDto extends PayoutBatchDto {
  /** The first 200 payouts. */
  payouts!: PayoutDto[];
  /** Where the next page of `GET …/payouts` begins; null: these are all. */
  payoutsCursor!: string | null;
  /** The first 200 merchants excluded, each with the reason. */
  skipped!: PayoutSkipDto[];
  /** Where the next page of `GET …/skipped` begins; null: these are all. */
  skippedCursor!: string | null;
}

/** Payouts of a merchant that a refresh took out of a batch. */
export class DroppedPayoutDto {
  /** `pay_…` */
  id!: string;
  /** `mer_…` */
  merchant!: string;
  /** Why. */
  @ApiProperty({ enum: SKIP_REASONS })
  reason!: SkipReason;
  /** What the merchant would have given up, minor units. */
  amount!: number;
}

/** A batch after its refresh: a draft again when anything was dropped. */
export class RefreshedPayoutBatchDto extends PayoutBatchDto {
  /** How many payouts were dropped; 0: the batch is as it was. */
  droppedCount!: number;
  /** The first 200 of them; their merchants are all in `GET …/skipped`. */
  dropped!: DroppedPayoutDto[];
  /** `contentHash` before. */
  previousContentHash!: string | null;
}

/** Batches, the latest first. */
export class PayoutBatchPageDto {
  /** One page. */
  items!: PayoutBatchDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
}

/** Payouts in the order of their batch. */
export class PayoutPageDto {
  /** One page. */
  items!: PayoutDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
}

/** Merchants excluded. */
export class PayoutSkipPageDto {
  /** One page. */
  items!: PayoutSkipDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
}
