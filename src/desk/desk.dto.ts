import { ApiProperty } from '@nestjs/swagger';
import { IsText } from '../shared/fields.js';
import { FOUND_KINDS, type FoundKind } from './finders.js';
import { COUNTED, WORK_KINDS, type WorkKind } from './waiting-work.js';

export class FindQuery {
  /**
   * Any number of it, whole: an order's, a refund's, a bank's end-to-end reference, a message id, a merchant's code or
   * WeChat ID, or an id of ours.
   *
   * @example A-1001
   */
  @IsText(128)
  number!: string;
}

export class FoundPartsDto {
  /** sto_… */
  storefront?: string;
  /** The storefront's own order id. */
  order?: string;
  /** mer_… */
  merchant?: string;
  /** pba_… */
  batch?: string;
  /** pay_… */
  payout?: string;
  /** bkr_… */
  report?: string;
}

export class FoundDto {
  /** What it is. */
  @ApiProperty({ enum: FOUND_KINDS })
  kind!: FoundKind;
  /**
   * Our id of it.
   *
   * @example ord_01jf0000000000000000000000
   */
  id!: string;
  /**
   * What people know it by: a number or a name.
   *
   * @example A-1001
   */
  label!: string;
  /** What an address of its page is made of, besides its id. */
  parts!: FoundPartsDto;
}

export class FindResultDto {
  /** By kind; empty: nothing that you may read has this number. */
  items!: FoundDto[];
}

export class WaitingDto {
  /** What waits. */
  @ApiProperty({ enum: WORK_KINDS })
  kind!: WorkKind;
  /** How many of it wait for you. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: COUNTED })
  count!: number;
  /** There are more than were counted. */
  more!: boolean;
}

export class WorkDto {
  /** Every kind that your roles have to do with, the most urgent first. */
  items!: WaitingDto[];
}
