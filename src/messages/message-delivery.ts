import type { MessageId } from '../shared/ids.js';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../core/config.js';
import { Logger } from '../core/logger.js';
import type { RowOf } from '../core/table.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { MessageSenders } from './message-sender.js';
import { Messages } from './messages.js';
import type { OutgoingMessageEntity } from './outgoing-message.entity.js';
import { OutgoingMessageRepository } from './outgoing-message.repository.js';

/** Messages that are sent at the same time, at most. */
const AT_ONCE = 20;
const PURGE_ROWS = 5000;

/** Sends what waits, at least once each; what is not taken is tried again until nobody would want it. */
@Injectable()
export class MessageDelivery {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: OutgoingMessageRepository,
    private readonly messages: Messages,
    private readonly senders: MessageSenders,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Pick<Config, 'messageDays'>,
  ) {}

  /** Sends those of these messages that are due. */
  async sendWaiting(ids: readonly MessageId[]): Promise<void> {
    if (ids.length > 0) await this.sendDue(ids);
  }

  /** Sends whatever is due, and deletes what is old. */
  async sweep(): Promise<void> {
    while ((await this.sendDue(null)) === AT_ONCE);
    while (await this.unitOfWork.run((tx) => this.repository.deleteOld(tx, this.config.messageDays, PURGE_ROWS)));
  }

  private async sendDue(ids: readonly MessageId[] | null): Promise<number> {
    const rows = await this.unitOfWork.run((tx) => this.repository.claim(tx, ids, AT_ONCE));
    await Promise.all(rows.map((row) => this.send(row)));
    return rows.length;
  }

  private async send(row: RowOf<OutgoingMessageEntity>): Promise<void> {
    const { id, kind, channel, content } = row;
    const sender = this.senders.byChannel[channel];
    try {
      if (content === null) throw new Error('the message has no content');
      if (sender === null) throw new Error(`there is no way to send to a ${channel}: see .env.example`);
      await sender.send({ id, ...this.messages.open({ id, content }) });
      await this.unitOfWork.run((tx) => this.repository.finish(tx, id, 'sent', sender.keeps));
    } catch (err) {
      const again = await this.unitOfWork.run((tx) => this.repository.postpone(tx, id));
      if (!again) await this.unitOfWork.run((tx) => this.repository.finish(tx, id, 'failed', false));
      const about = { message: id, kind, channel, attempts: row.attempts + 1, err };
      if (again) this.logger.warn('a message was not taken; trying again', about);
      else this.logger.alert('message-unsent', about);
    }
  }
}
