import { ApiProperty } from '@nestjs/swagger';
import { SKIP_REASONS, STOP_REASONS, type SkipReason, type StopReason } from '../payout-batch.js';
import { PayoutBatchDto } from './payout-batch.dto.js';
import { PayoutDto } from './payout.dto.js';

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

/** A payout that was approved and is not sent. */
export class TakenOutPayoutDto {
  /** `pay_…` */
  id!: string;
  /** `mer_…` */
  merchant!: string;
  /** Why its merchant must not be paid now. */
  @ApiProperty({ enum: STOP_REASONS })
  reason!: StopReason;
  /** What the merchant has again, minor units. */
  amount!: number;
}

/** A batch after it was submitted. */
export class SubmittedPayoutBatchDto extends PayoutBatchDto {
  /** The first 200 payouts that were taken out just now; `takenOutCount` says how many there are. */
  takenOut!: TakenOutPayoutDto[];
}

/** Merchants excluded. */
export class PayoutSkipPageDto {
  /** One page. */
  items!: PayoutSkipDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
}
