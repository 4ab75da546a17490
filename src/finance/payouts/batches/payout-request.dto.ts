import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { IsText } from '../../../shared/fields.js';
import { REQUEST_KINDS, REQUEST_STATES, type RequestKind, type RequestState } from './payout-request.entity.js';
import type { PayoutBatchRequestId } from '../../../shared/ids.js';

/** Why a submitted batch is to be withdrawn. */
export class WithdrawPayoutBatchDto {
  /** What the bank or its portal said; the checker reads it. */
  @IsText(500)
  reason!: string;
}

/** A file of the same payments for another day. */
export class NewPayoutFileDto {
  /** The banking day on which the bank is to pay, YYYY-MM-DD; not in the past, at most 90 days ahead. */
  @Matches(/^\d{4}-\d\d-\d\d$/, { message: 'must be a day, YYYY-MM-DD' })
  executionDate!: string;

  /** Why the file that there is was not handed in. */
  @IsText(500)
  reason!: string;
}

/** Why a request is refused. */
export class RejectPayoutRequestDto {
  /** For the maker to read. */
  @IsText(500)
  reason!: string;
}

/** What one person asked for a submitted batch, and what another decided. */
export class PayoutRequestDto {
  /** `pbr_…` */
  id!: PayoutBatchRequestId;
  /** `pba_…` */
  batch!: string;
  /** Withdraw the batch, or write its file anew. */
  @ApiProperty({ enum: REQUEST_KINDS })
  kind!: RequestKind;
  /** Why. */
  reason!: string;
  /** Of a new file, YYYY-MM-DD; null for a withdrawal. */
  executionDate!: string | null;
  /** Where it stands. */
  @ApiProperty({ enum: REQUEST_STATES })
  state!: RequestState;
  /** Staff id of who asked. */
  madeBy!: string;
  /** RFC 3339. */
  madeAt!: string;
  /** Staff id of who decided. */
  decidedBy!: string | null;
  /** RFC 3339. */
  decidedAt!: string | null;
  /** Why it was rejected. */
  decisionReason!: string | null;
}

/** What was asked for a batch, the latest first, at most 50. */
export class PayoutRequestsDto {
  /** The requests. */
  items!: PayoutRequestDto[];
}
