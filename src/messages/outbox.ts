import type { MessageId } from '../shared/ids.js';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../core/config.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { Messages, type MessageContent } from './messages.js';
import type { Channel } from './outgoing-message.entity.js';
import { OutgoingMessageRepository } from './outgoing-message.repository.js';

const SHOWN = 100;

/** A message that would have been sent. */
export interface KeptMessage extends MessageContent {
  id: MessageId;
  kind: string;
  channel: Channel;
  at: Date;
}

/** What would have been sent where nothing leaves the machine. */
@Injectable()
export class Outbox {
  /** Whether there is one: in embedded mode alone. */
  readonly isOpen: boolean;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: OutgoingMessageRepository,
    private readonly messages: Messages,
    @Inject(Config) config: Config,
  ) {
    this.isOpen = config.embedded;
  }

  /** The latest messages first. */
  async latest(): Promise<KeptMessage[]> {
    const rows = await this.repository.findKept(this.unitOfWork.reader, SHOWN);
    return rows.map(({ id, kind, channel, createdAt, content }) => ({
      id,
      kind,
      channel,
      at: createdAt,
      ...this.messages.open({ id, content: content ?? '' }),
    }));
  }
}
