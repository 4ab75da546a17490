import { PageQuery } from '../../../shared/page.dto.js';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsText } from '../../../shared/fields.js';
import { FEE_PAYERS, type FeePayer } from '../terms/payout-policy.js';
import { STOP_REASONS, type StopReason } from '../payout-batch.js';
import { PAYOUT_STATES, type PayoutState } from '../payout.js';
import { FILE_FORMATS, RAIL_NAMES, type FileFormat, type RailName } from '../rails/payout-rail.js';

/** Which payouts of a batch. */
export class PayoutListQuery extends PageQuery {
  /** Only in this state. */
  @IsOptional()
  @IsIn(PAYOUT_STATES)
  state?: PayoutState;
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
  /** Why it was taken out of the approved batch and not sent; null: it was not. */
  @ApiProperty({ enum: STOP_REASONS, nullable: true })
  stopReason!: StopReason | null;
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

/** Payouts in the order of their batch. */
export class PayoutPageDto {
  /** One page. */
  items!: PayoutDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
}
