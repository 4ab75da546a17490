import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsText } from '../../../shared/fields.js';
import { PageQuery } from '../../../shared/page.dto.js';
import { WORD_SOURCES, type WordSource } from './payout-contradiction.entity.js';
import { PAYOUT_STATES, type Outcome, type PayoutState } from '../payout.js';

const STATES = ['open', 'settled'] as const;
const BANK_STATUSES = ['accepted', 'unknown', 'paid', 'failed', 'returned'];

/** Which contradictions. */
export class ContradictionQuery extends PageQuery {
  /** Default: all. */
  @IsOptional()
  @IsIn(STATES)
  state?: (typeof STATES)[number];
}

/** How a contradiction was settled. */
export class SettleContradictionDto {
  /** What became of the money: the bank took it back, an adjustment was made … */
  @IsText(500)
  reason!: string;
}

/** A status from a rail that contradicts the books: no money moved for it. */
export class PayoutContradictionDto {
  /** `pct_…` */
  id!: string;
  /** `pay_…` */
  payout!: string;
  /** The payout's state when the rail's status came. */
  @ApiProperty({ enum: PAYOUT_STATES })
  payoutState!: PayoutState;
  /** The rail's status instead. */
  @ApiProperty({ enum: BANK_STATUSES })
  bankStatus!: Outcome;
  /** Its answer to a call, or its own notification. */
  @ApiProperty({ enum: WORD_SOURCES })
  source!: WordSource;
  /** ISO 20022 reason, where it gave one. */
  reasonCode!: string | null;
  /** What the rail said. */
  reason!: string | null;
  /** When it said so first, RFC 3339. */
  saidAt!: string;
  /** `open` until a person settles it. */
  @ApiProperty({ enum: STATES })
  state!: (typeof STATES)[number];
  /** Staff id. */
  settledBy!: string | null;
  /** RFC 3339. */
  settledAt!: string | null;
  /** What became of the money. */
  settledReason!: string | null;
}

/** Contradictions, the oldest first. */
export class PayoutContradictionPageDto {
  /** One page. */
  items!: PayoutContradictionDto[];
  /** Where the next begins. */
  nextCursor!: string | null;
}
