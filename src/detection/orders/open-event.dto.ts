import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { PageQuery } from '../../shared/page.dto.js';

const OPEN_STATES = ['parked', 'waiting', 'kept'] as const;

/** Which events to list. */
export class OpenEventQuery extends PageQuery {
  /** parked (with an error, until a person requeues it), waiting, or kept (a refund that waits for its completion). */
  @IsIn(OPEN_STATES)
  state: (typeof OPEN_STATES)[number] = 'parked';
}

/** A fact about an order that is not posted. */
export class OpenEventDto {
  /** evt_… */
  id!: string;
  /** What happened. */
  @ApiProperty({ enum: ['order.completed', 'order.refunded'] })
  type!: 'order.completed' | 'order.refunded';
  /** parked, waiting or kept. */
  @ApiProperty({ enum: OPEN_STATES })
  state!: (typeof OPEN_STATES)[number];
  /** The storefront's own order id. */
  orderId!: string;
  /** sto_… */
  storefront!: string;
  /** The storefront's own refund id; null: the completion. */
  refundId!: string | null;
  /** Why it could not be posted; null: no attempt has failed. */
  error!: string | null;
  /** How often it was tried. */
  attempts!: number;
  /** RFC 3339. */
  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;
}

export class OpenEventPageDto {
  /** The oldest first. */
  items!: OpenEventDto[];
  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}
