import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IsText } from '../../shared/fields.js';
import { PageQuery } from '../../shared/page.dto.js';
import type { DismissalState } from './order-event-dismissal.entity.js';

const LISTED_STATES = ['parked', 'waiting', 'kept', 'dismissed'] as const;

/** Which events to list. */
export class OpenEventQuery extends PageQuery {
  /** parked (with an error, until people decide), waiting, kept (a refund that waits for its completion), or dismissed by two people. */
  @IsIn(LISTED_STATES)
  state: (typeof LISTED_STATES)[number] = 'parked';
}

/** Why a parked event is never to be posted. */
export class AskDismissalDto {
  /** For the person who decides, and for ever. */
  @IsText(500)
  reason!: string;
}

/** Somebody's wish that a parked event is never posted. */
export class DismissalDto {
  /** Whether another person has agreed; withdrawn: the event was tried again instead. */
  @ApiProperty({ enum: ['awaiting-approval', 'approved', 'rejected', 'withdrawn'] })
  state!: DismissalState;
  /** Why. */
  reason!: string;
  /** stf_… */
  madeBy!: string;
  /** RFC 3339. */
  @ApiProperty({ format: 'date-time' })
  madeAt!: string;
  /** stf_…, another person; null: nobody has decided. */
  decidedBy!: string | null;
  /** RFC 3339; null: nobody has decided. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  decidedAt!: string | null;
}

/** A fact about an order that is not posted. */
export class OpenEventDto {
  /** evt_… */
  id!: string;
  /** What happened. */
  @ApiProperty({ enum: ['order.completed', 'order.refunded'] })
  type!: 'order.completed' | 'order.refunded';
  /** parked, waiting, kept or dismissed. */
  @ApiProperty({ enum: LISTED_STATES })
  state!: (typeof LISTED_STATES)[number];
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
  /** The last wish that it is never posted; null: nobody has asked for that. */
  @ApiProperty({ type: DismissalDto, nullable: true })
  dismissal!: DismissalDto | null;
}

export class OpenEventPageDto {
  /** The oldest first. */
  items!: OpenEventDto[];
  /** Ask for the next page with it; null: this is the last. */
  nextCursor!: string | null;
}
