import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { IsAmount, IsListOf } from '../../../shared/fields.js';
import { FEE_PAYERS, OVER_MAXIMUM, type FeePayer, type OverMaximum } from './payout-policy.js';
import { RAIL_NAMES, type RailName } from '../rails/payout-rail.js';

/** What a payout costs. */
export class PayoutFeeDto {
  /** Of each payout, minor units; default 0. */
  @IsOptional()
  @IsAmount()
  amount?: number | null;

  /** Basis points of the gross amount, rounded half away from zero, on top of `amount`; default 0. */
  @IsOptional()
  @IsAmount(0, 10_000)
  rateBps?: number | null;

  /** `merchant`: the bank pays that much less. `platform`: it is a cost of the operator. */
  @IsIn(FEE_PAYERS)
  @ApiProperty({ enum: FEE_PAYERS })
  chargedTo!: FeePayer;
}

/** What a payout over one rail costs. */
export class PayoutRailFeeDto extends PayoutFeeDto {
  /** Which rail. */
  @IsIn(RAIL_NAMES)
  @ApiProperty({ enum: RAIL_NAMES })
  rail!: RailName;
}

/** The terms of payouts of one currency; what is left out does not apply. They replace the ones before. */
export class PutPayoutPolicyDto {
  /** Least that a merchant is paid, minor units; a batch may ask for more and not for less. Default: the operator's setting. */
  @IsOptional()
  @IsAmount(1)
  minAmount?: number | null;

  /** Most of one payout, minor units; default: what the rail can carry. */
  @IsOptional()
  @IsAmount(1)
  maxAmount?: number | null;

  /** What becomes of a merchant who has more: `split` into equal payouts, or `skip` (default). */
  @IsOptional()
  @IsIn(OVER_MAXIMUM)
  @ApiProperty({ enum: OVER_MAXIMUM })
  overMaximum?: OverMaximum | null;

  /** What a payout costs. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PayoutFeeDto)
  fee?: PayoutFeeDto | null;

  /** What a payout costs over some rails, instead of `fee`. */
  @IsOptional()
  @IsListOf(() => PayoutRailFeeDto, 0, RAIL_NAMES.length)
  railFees?: PayoutRailFeeDto[] | null;

  /** A batch whose merchants give up more than this in total, minor units, takes two checkers. */
  @IsOptional()
  @IsAmount()
  secondApproverAbove?: number | null;
}

/** The terms of payouts of one currency. */
export class PayoutPolicyDto extends PutPayoutPolicyDto {
  /** ISO 4217. */
  currency!: string;
  /** Staff id of who set them; null: they are not set, and nothing but the operator's settings applies. */
  changedBy!: string | null;
  /** RFC 3339. */
  changedAt!: string | null;
}

/** The terms that a batch was drafted under. */
export class BatchPolicyDto {
  /** Least that a merchant was paid, minor units. */
  minAmount!: number;
  /** Most of one payout, minor units. */
  maxAmount!: number;
  /** What became of merchants who had more. */
  @ApiProperty({ enum: OVER_MAXIMUM })
  overMaximum!: OverMaximum;
  /** What a payout costs. */
  fee?: PayoutFeeDto;
  /** Above this total it takes two checkers, minor units. */
  secondApproverAbove?: number;
}
