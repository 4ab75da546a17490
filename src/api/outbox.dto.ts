import type { MessageId } from '../shared/ids.js';
import { ApiProperty } from '@nestjs/swagger';
import { CHANNELS, type Channel } from '../messages/index.js';

/** A message that would have been sent. */
export class OutboxMessageDto {
  /** msg_… */
  id!: MessageId;
  /** What it tells of: `sign-in-code`. */
  @ApiProperty({ example: 'sign-in-code' })
  kind!: string;
  /** By e-mail or to a telephone. */
  @ApiProperty({ enum: CHANNELS })
  channel!: Channel;
  /** E-mail address or telephone number. */
  @ApiProperty({ example: 'li.hua@shop.example' })
  to!: string;
  /** Of an e-mail. */
  subject!: string;
  /** The words. */
  text!: string;
  /** When it was written: RFC 3339, UTC. */
  at!: string;
}

/** What would have been sent. */
export class OutboxDto {
  /** The latest first. */
  items!: OutboxMessageDto[];
}
