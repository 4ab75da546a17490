import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { IsText } from '../../../shared/fields.js';
import { REQUEST_STATES, type RequestState } from '../batches/payout-request.entity.js';

/** A person's word that a payout has failed. */
export class StatePayoutFailureDto {
  /**
   * What proves it: the case number and words of the bank, a statement without the booking.
   * @example 'Case 20260105-331: the bank wrote that it executed nothing under this reference.'
   */
  @IsText(2000)
  evidence!: string;

  /** Why it failed; the merchant's statement shows it after "stated by people". */
  @IsText(400)
  reason!: string;

  /**
   * ISO 20022 external status reason; one that says that the account is bad (`AC04` …) puts the money on hold. Default:
   * `NARR`, see the text.
   * @example 'NARR'
   */
  @IsOptional()
  @Matches(/^[A-Z0-9]{4}$/, { message: 'must be an ISO 20022 reason of four characters' })
  reasonCode?: string | null;
}

/** Why a statement is rejected. */
export class RejectFailureStatementDto {
  /** For who stated it. */
  @IsText(500)
  reason!: string;
}

/** What one person stated, and another decided. */
export class FailureStatementDto {
  /** `pfs_…` */
  id!: string;
  /** `pay_…` */
  payout!: string;
  /**
   * What proves it.
   * @example 'Case 20260105-331: the bank wrote that it executed nothing under this reference.'
   */
  evidence!: string;
  /** Why it failed. */
  reason!: string;
  /**
   * ISO 20022 external status reason.
   * @example 'NARR'
   */
  reasonCode!: string;
  /** Where it stands. */
  @ApiProperty({ enum: REQUEST_STATES })
  state!: RequestState;
  /** Staff id of who stated it. */
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

/** What was stated about a payout, the latest first, at most 50. */
export class FailureStatementsDto {
  /** The statements. */
  items!: FailureStatementDto[];
}
