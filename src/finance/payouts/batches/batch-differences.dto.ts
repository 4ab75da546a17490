import { ApiProperty } from '@nestjs/swagger';

/** What a merchant is paid in a batch, over all their payouts in it. */
export class PaidMerchantDto {
  /** `mer_…` */
  merchant!: string;
  /** Name on the account. */
  holder!: string;
  /** The bank, and the number as `••••` and the last four. @example "ICBC ••••0017" */
  @ApiProperty({ example: 'ICBC ••••0017' })
  account!: string;
  /** What they give up, minor units. */
  amount!: number;
}

/** The same merchant in two batches. */
export class ComparedMerchantDto {
  /** In this batch. */
  now!: PaidMerchantDto;
  /** In the one before. */
  before!: PaidMerchantDto;
}

/** Merchants of one kind of difference. */
export class PaidMerchantListDto {
  /** How many there are. */
  count!: number;
  /** The largest amounts first, 200 at most. */
  items!: PaidMerchantDto[];
}

/** Merchants who are paid differently. */
export class ComparedMerchantListDto {
  /** How many there are. */
  count!: number;
  /** The largest amounts first, 200 at most. */
  items!: ComparedMerchantDto[];
}

/** The batch that another is compared with. */
export class LastBatchDto {
  /** `pba_…` */
  id!: string;
  /** RFC 3339. */
  submittedAt!: string;
  /** Number of payouts. */
  payoutCount!: number;
  /** What the rail was told to pay in all, minor units. */
  controlSum!: number;
}

/** How a batch differs from the last one that was sent in its currency over its rail. */
export class BatchDifferencesDto {
  /** Null: none was sent before, and nothing is compared. */
  @ApiProperty({ type: LastBatchDto, nullable: true })
  last!: LastBatchDto | null;
  /** Not paid the last time. */
  newPayees!: PaidMerchantListDto;
  /** Paid to another account than the last time. */
  changedAccounts!: ComparedMerchantListDto;
  /** Paid twice as much as the last time, or more. */
  farAbove!: ComparedMerchantListDto;
  /** Paid the last time, and not now. */
  missing!: PaidMerchantListDto;
}
